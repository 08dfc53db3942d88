import { useEffect, useState } from "preact/hooks";

const listeners = new Set<(text: string) => void>();

/** Says what happened: to be seen for some seconds, and to be heard from a screen reader. */
export function announce(text: string): void {
  for (const listener of listeners) listener(text);
}

/** Where announcements appear. */
export function Announcements() {
  const [said, setSaid] = useState({ text: "", number: 0 });
  useEffect(() => {
    const listen = (text: string) => setSaid(({ number }) => ({ text, number: number + 1 }));
    listeners.add(listen);
    return () => void listeners.delete(listen);
  }, []);
  useEffect(() => {
    if (said.text === "") return;
    const end = () => setSaid(({ number }) => ({ text: "", number }));
    const timer = setTimeout(end, 6000);
    addEventListener("hashchange", end);
    return () => {
      clearTimeout(timer);
      removeEventListener("hashchange", end);
    };
  }, [said]);
  return (
    <div role="status" class={said.text ? "toast" : "toast silent"}>
      {said.text}
    </div>
  );
}
