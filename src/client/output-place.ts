/** One of the images of a finished prediction, and where it is for one hour. */
export interface OutputPlace {
  readonly url: string;
  readonly index: number;
}
