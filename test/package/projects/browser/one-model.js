import { qwenImageEdit } from "restage/models";

export const { input } = qwenImageEdit.buildInput({ prompt: "Add a sofa", imageUrl: "https://example.com/room.jpg" });
