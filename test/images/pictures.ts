import sharp, { type Sharp } from "sharp";

const [width, height] = [61, 43];

/** Somebody else's XMP: what an editor, or the model, may have left. */
const foreignXmp =
  '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Somebody else"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>';

// No two pixels alike for long, and the same in every run.
const bytes = (count: number) => Uint8Array.from({ length: count }, (_, at) => (at * at * 7 + (at >> 3) * 31 + at) % 251);

const draw = (channels: 1 | 2 | 3 | 4, shift = 0): Sharp =>
  sharp(
    bytes(width * height * channels).map((byte) => (byte + shift) & 0xff),
    { raw: { width, height, channels } },
  );

const exif = { IFD0: { Copyright: "Somebody", ImageDescription: "A room" } };
const dress = (image: Sharp): Sharp => image.withExif(exif).withIccProfile("p3").withXmp(foreignXmp);
const film = async (): Promise<Sharp> =>
  sharp(await Promise.all([0, 40, 90].map((shift) => draw(4, shift).png().toBuffer())), { join: { animated: true } });

const makers: Readonly<Record<string, () => Promise<Buffer>>> = {
  "png, colour": () => draw(3).png().toBuffer(),
  "png, alpha": () => draw(4).png().toBuffer(),
  "png, grey": () => draw(1).toColourspace("b-w").png().toBuffer(),
  "png, grey and alpha": () => draw(2).toColourspace("b-w").png().toBuffer(),
  "png, 16 bits": () => draw(3).toColourspace("rgb16").png().toBuffer(),
  "png, palette with transparency": () => draw(4).png({ palette: true, colours: 64 }).toBuffer(),
  "png, interlaced": () => draw(4).png({ progressive: true }).toBuffer(),
  "png with EXIF, ICC and XMP": () => dress(draw(3)).png().toBuffer(),
  "jpeg, baseline": () => draw(3).jpeg().toBuffer(),
  "jpeg, progressive": () => draw(3).jpeg({ progressive: true, quality: 60 }).toBuffer(),
  "jpeg, full colour, optimised": () => draw(3).jpeg({ chromaSubsampling: "4:4:4", mozjpeg: true }).toBuffer(),
  "jpeg, grey": () => draw(1).toColourspace("b-w").jpeg().toBuffer(),
  "jpeg, four inks": () => draw(3).toColourspace("cmyk").jpeg().toBuffer(),
  "jpeg, turned by EXIF": () => draw(3).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
  "jpeg with EXIF, ICC and XMP": () => dress(draw(3)).jpeg().toBuffer(),
  "webp, lossy": () => draw(3).webp({ quality: 60 }).toBuffer(),
  "webp, lossy with alpha": () => draw(4).webp({ quality: 60 }).toBuffer(),
  "webp, lossless": () => draw(3).webp({ lossless: true }).toBuffer(),
  "webp, lossless with alpha": () => draw(4).webp({ lossless: true }).toBuffer(),
  "webp, animated": async () => (await film()).webp({ quality: 60, delay: [30, 40, 50] }).toBuffer(),
  "webp with EXIF, ICC and XMP": () => dress(draw(3)).webp().toBuffer(),
  "webp with alpha, EXIF, ICC and XMP": () => dress(draw(4)).webp({ lossless: true }).toBuffer(),
};

/** Real files of every kind that a model or a phone may give, 61 x 43 pixels, each as somebody else's encoder wrote it. */
export const pictures: readonly (readonly [name: string, bytes: Uint8Array])[] = await Promise.all(
  Object.entries(makers).map(async ([name, make]) => [name, new Uint8Array(await make())] as const),
);

export const pictureSize = { width, height };

/** What a decoder sees, bit for bit: all pictures of an animation, as stored, without regard to orientation and colour profile. */
export async function decode(image: Uint8Array): Promise<{ readonly pixels: Buffer; readonly shape: object }> {
  const { data, info } = await sharp(image, { pages: -1, ignoreIcc: true }).raw({ depth: "ushort" }).toBuffer({ resolveWithObject: true });
  return { pixels: data, shape: info };
}
