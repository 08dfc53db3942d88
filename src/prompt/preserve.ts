/**
 * The instruction in every prompt, the caller's own words included: the building, the view, the camera and the light stay as they are.
 *
 * Its first sentence names all that is protected, so that a model which reads only part of a long prompt reads that part.
 */
export const preserve = [
  "Keep the walls, floor, ceiling, windows, doors, fixtures and the view outside exactly as they are: same place, size, material and colour.",
  "Do not add, move or cover any window, door or other opening.",
  "Keep the camera angle, perspective, framing and light unchanged.",
].join(" ");
