import { useState } from "preact/hooks";
import { maximumPhotoBytes } from "../maximum-photo-bytes.ts";

interface PhotoInputProps {
  readonly photo: string | undefined;
  choose(photo: string): void;
}

const types = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/** A place to choose a photo, or to drop one. */
export function PhotoInput({ photo, choose }: PhotoInputProps) {
  const [problem, setProblem] = useState<string>();
  const [isOver, setIsOver] = useState(false);
  const take = (file: File | undefined) => {
    if (file === undefined) return;
    if (!types.includes(file.type)) return setProblem("Choose a JPEG, PNG, WebP or GIF.");
    if (file.size > maximumPhotoBytes) return setProblem(`Choose one of at most ${maximumPhotoBytes / 1e6} MB.`);
    setProblem(undefined);
    const reader = new FileReader();
    reader.onload = () => choose(String(reader.result));
    reader.onerror = () => setProblem("This file cannot be read. Choose another one.");
    reader.readAsDataURL(file);
  };
  return (
    <div class="photo-input">
      <label
        class={`drop${isOver ? " over" : ""}${photo ? " full" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          take(event.dataTransfer?.files[0]);
        }}
      >
        {photo ? <img src={photo} alt="What you chose" /> : <span class="hint">A photo of an empty room. JPEG, PNG or WebP.</span>}
        <span class="button">{photo ? "Choose another photo" : "Choose a photo"}</span>
        <input
          type="file"
          class="unseen"
          accept={types.join(",")}
          aria-label="Photo"
          onChange={({ currentTarget }) => take(currentTarget.files?.[0])}
        />
      </label>
      {problem && (
        <p class="why-wrong" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
