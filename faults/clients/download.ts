/** The image at the address that a client gave, as its user would fetch it: once, plainly. */
export async function download(output: unknown, signal: AbortSignal): Promise<Uint8Array> {
  const [address] = Array.isArray(output) ? output : [output];
  if (address === undefined || address === null) throw new Error("no image came back");
  // A `FileOutput` of `replicate` becomes its address.
  const response = await fetch(String(address), { signal });
  if (!response.ok) throw new Error(`the image's address answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
