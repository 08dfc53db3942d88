import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawSampleRoom, sampleRooms } from "../../src/cli/sample-rooms.ts";
import { rooms } from "../../src/prompt/rooms.ts";
import { styles } from "../../src/prompt/styles.ts";

describe("sampleRooms", () => {
  it("have names of their own and rooms and styles that a prompt can name", () => {
    expect(new Set(sampleRooms.map(({ name }) => name)).size).toBe(sampleRooms.length);
    for (const { name, room, style } of sampleRooms) {
      expect(name).toMatch(/^[a-z-]+$/);
      expect(rooms).toHaveProperty(room);
      expect(styles).toHaveProperty(style);
    }
  });

  it.each(sampleRooms.map((room) => [room.name, room] as const))("%s is one complete drawing without fonts and addresses", (_, { svg }) => {
    expect(svg).not.toMatch(/<text|font|NaN|undefined|Infinity|href/);
    const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
  });
});

describe("drawSampleRoom", () => {
  it("draws different rooms as JPEG, 1200 x 800 px", async () => {
    const images = await Promise.all(sampleRooms.map(drawSampleRoom));
    const small = await Promise.all(images.map((image) => sharp(image).resize(30, 20).raw().toBuffer()));
    for (const [index, image] of images.entries()) {
      const { format, width, height } = await sharp(image).metadata();
      expect([format, width, height]).toEqual(["jpeg", 1200, 800]);
      for (const other of small.slice(index + 1)) {
        const distance = small[index]?.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) ?? 0;
        expect(distance / other.length).toBeGreaterThan(8);
      }
    }
  });

  it("gives the same bytes each time", async () => {
    for (const room of sampleRooms.slice(0, 2)) {
      expect(Buffer.compare(await drawSampleRoom(room), await drawSampleRoom(room))).toBe(0);
    }
  });
});
