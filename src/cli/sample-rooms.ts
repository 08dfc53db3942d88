import { loadSharp } from "../images/load-sharp.ts";
import { createView } from "../testing/drawing/view.ts";
import { kitchenUnits } from "../testing/interior/kitchen-units.ts";
import type { RoomShell } from "../testing/interior/room-shell.ts";
import { roomSvg } from "../testing/interior/room-svg.ts";

/** An empty room to try a staging on. */
export interface SampleRoom {
  /** For people, and as a file name without its ending. */
  readonly name: string;
  readonly room: "living_room" | "bedroom" | "kitchen" | "office";
  /** A style that suits the room. */
  readonly style: string;
  /** The room as an SVG image of 1200 x 800 px. */
  readonly svg: string;
}

const [width, height] = [1200, 800];

function sample(name: string, room: SampleRoom["room"], style: string, shell: RoomShell): SampleRoom {
  return {
    name,
    room,
    style,
    // Drawn when asked for, because importing the command line must not draw.
    get svg() {
      const lightSide = shell.windows.some((window) => window.wall === "right" || (window.wall === "back" && window.from > 0)) ? 1 : -1;
      const view = createView({ width, height, lightSide });
      return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${roomSvg(view, shell, width, height)}</svg>`;
    },
  };
}

const sunnyLivingRoom: RoomShell = {
  left: -2.5,
  right: 3.0,
  depth: 5.5,
  height: 2.65,
  wall: "#e6dfd2",
  skirting: "#f4f1ea",
  floor: { kind: "boards", colour: "#c09468", second: "#a87c52" },
  windows: [{ wall: "left", from: 3.6, to: 5.05, low: 0.02, high: 2.25, panes: 2, frame: "#f5f3ee", outlook: "garden" }],
  doors: [{ wall: "back", from: 1.75, to: 2.6, high: 2.05, colour: "#f1ede5", panels: 2 }],
  sun: [1.05, -0.35],
  seed: 3,
};

const quietBedroom: RoomShell = {
  left: -2.75,
  right: 2.75,
  depth: 5.4,
  height: 2.6,
  wall: "#d3d8d2",
  backWall: "#aebbb0",
  skirting: "#eef0ec",
  floor: { kind: "herringbone", colour: "#c9a57b", second: "#b08a60" },
  windows: [{ wall: "right", from: 4.05, to: 5.05, low: 0.85, high: 2.2, panes: 2, barAt: 0.3, frame: "#f6f5f1", outlook: "sea" }],
  doors: [{ wall: "left", from: 4.1, to: 4.9, high: 2.03, colour: "#eef0ec", panels: 4 }],
  sun: [-1.25, -0.3],
  seed: 8,
};

const brightKitchen: RoomShell = {
  left: -2.85,
  right: 2.6,
  depth: 5.6,
  height: 2.65,
  wall: "#ebe4da",
  skirting: "#efe9df",
  floor: { kind: "tiles", colour: "#d9d1c4", second: "#c6bdae" },
  windows: [{ wall: "back", from: -0.75, to: 1.05, low: 1.12, high: 2.3, panes: 3, frame: "#f4f1ea", outlook: "garden" }],
  doors: [{ wall: "right", from: 3.95, to: 4.8, high: 2.05, colour: "#e9e2d6", panels: 1 }],
  sun: [-0.25, -0.75],
  parts: kitchenUnits(-2.85, 1.55, 5.6),
  seed: 14,
};

const brickOffice: RoomShell = {
  left: -2.9,
  right: 2.7,
  depth: 5.5,
  height: 2.85,
  wall: "#d9d6d0",
  backWall: "#b98a72",
  backWallKind: "bricks",
  skirting: "#4c4a47",
  floor: { kind: "concrete", colour: "#a9a6a0", second: "#97938c" },
  windows: [
    { wall: "back", from: -2.1, to: -0.35, low: 0.9, high: 2.45, panes: 4, barAt: 0.36, frame: "#3a3b3d", outlook: "city" },
    { wall: "back", from: 0.3, to: 2.05, low: 0.9, high: 2.45, panes: 4, barAt: 0.36, frame: "#3a3b3d", outlook: "city" },
  ],
  radiators: [{ at: -1.22, width: 1.1 }],
  doors: [{ wall: "left", from: 4.2, to: 5.02, high: 2.1, colour: "#5a5f63", panels: 1 }],
  sun: [0.45, -0.8],
  seed: 21,
};

/** Empty rooms to try a staging on. They are drawn by this project's own code, from no photo, and free to use. */
export const sampleRooms: readonly SampleRoom[] = [
  sample("sunny-living-room", "living_room", "scandinavian", sunnyLivingRoom),
  sample("quiet-bedroom", "bedroom", "japandi", quietBedroom),
  sample("bright-kitchen", "kitchen", "farmhouse", brightKitchen),
  sample("brick-office", "office", "industrial", brickOffice),
];

/**
 * A sample room as a JPEG of 1200 x 800 px.
 *
 * @throws {MissingPeerError} The package sharp is not installed.
 */
export async function drawSampleRoom(room: SampleRoom): Promise<Uint8Array> {
  const sharp = await loadSharp("drawing sample rooms");
  return new Uint8Array(await sharp(Buffer.from(room.svg)).flatten({ background: "#ffffff" }).jpeg({ quality: 90 }).toBuffer());
}
