/** A message about a run that ends with the command, since nothing keeps it: no other command can take it up or conclude it. */
export function toUnkeptWording(message: string): string {
  return message
    .replace("client.wait(…) takes it up again, client.cancel(…) ends it", "replicate.com/predictions shows how it ends")
    .replace(/, then client\.conclude\(.*?\), null where there is none/, " before you stage it again");
}
