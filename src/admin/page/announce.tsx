import { useEffect, useState } from "preact/hooks";

interface Said {
  readonly text: string;
  readonly isSeen: boolean;
}

const listeners = new Set<(said: Said) => void>();

/** Says what happened: to be seen for some seconds, unless the view shows it anyway, and to be heard from a screen reader. */
export function announce(text: string, { isSeen = true } = {}): void {
  for (const listener of listeners) listener({ text, isSeen });
}

/** Where announcements appear. */
export function Announcements() {
  const [said, setSaid] = useState<Said>({ text: "", isSeen: false });
  useEffect(() => {
    listeners.add(setSaid);
    return () => void listeners.delete(setSaid);
  }, []);
  useEffect(() => {
    if (said.text === "") return;
    const end = () => setSaid({ text: "", isSeen: false });
    const timer = setTimeout(end, 6000);
    addEventListener("hashchange", end);
    return () => {
      clearTimeout(timer);
      removeEventListener("hashchange", end);
    };
  }, [said]);
  return (
    <div role="status" class={said.isSeen ? "toast" : "unseen"}>
      {said.text}
    </div>
  );
}
