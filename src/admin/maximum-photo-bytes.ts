/** The largest photo that can be tried. */
export const maximumPhotoBytes = 25_000_000;
