/** The CSS of the before-and-after page. */
export const pageStyle = `
:root{--paper:#f6f4ef;--card:#fffdfa;--ink:#22252a;--soft:#686d74;--edge:#e1dcd2;--accent:#8a5a2b;--notice:#fbf0d3;--notice-ink:#5c4510}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--card:#1e2125;--ink:#eceae5;--soft:#a0a4aa;--edge:#31353a;--accent:#e0ac74;--notice:#3a311b;--notice-ink:#f2dca4}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}
header,main,footer{max-width:1240px;margin:0 auto;padding:0 clamp(16px,4vw,40px)}
header{padding-top:clamp(28px,5vw,56px)}
h1{margin:0;font:600 clamp(28px,4vw,42px)/1.15 ui-serif,Georgia,"Times New Roman",serif;letter-spacing:-.01em;overflow-wrap:anywhere}
.counts{margin:8px 0 0;color:var(--soft)}
.notice{margin:20px 0 0;padding:12px 16px;border-radius:10px;background:var(--notice);color:var(--notice-ink);max-width:72ch}
h2{margin:44px 0 16px;font:600 23px/1.2 ui-serif,Georgia,"Times New Roman",serif;overflow-wrap:anywhere}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,440px),1fr));gap:24px;align-items:start}
article{background:var(--card);border:1px solid var(--edge);border-radius:14px;overflow:hidden;box-shadow:0 1px 2px #0000000a,0 8px 24px #0000000d}
.compare{position:relative;background:var(--edge);min-height:120px;line-height:0}
.compare img{display:block;width:100%;height:auto}
.compare .before{position:absolute;inset:0;height:100%;object-fit:cover;clip-path:inset(0 calc(100% - var(--at)) 0 0)}
.line{position:absolute;top:0;bottom:0;left:var(--at);width:2px;margin-left:-1px;background:#fff;box-shadow:0 0 6px #0007;pointer-events:none}
.line::after{content:"";position:absolute;top:50%;left:50%;width:38px;height:38px;margin:-19px;border-radius:50%;background:#fff;box-shadow:0 1px 8px #0006}
.line::before{content:"\\2039\\00a0\\203a";position:absolute;z-index:1;top:50%;left:50%;transform:translate(-50%,-54%);font:600 22px/1 system-ui,sans-serif;color:#333}
.compare input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:ew-resize;touch-action:pan-y}
.compare:focus-within{outline:3px solid var(--accent);outline-offset:-3px}
.tag{position:absolute;top:12px;padding:4px 10px;border-radius:99px;background:#15181cb3;color:#fff;font-size:12px;line-height:1.4;letter-spacing:.03em;pointer-events:none}
.left{left:12px}.right{right:12px}
.facts{padding:14px 18px 18px}
h3{margin:0;font-size:17px;overflow-wrap:anywhere}
.badge{display:inline-block;margin-left:4px;padding:1px 8px;border-radius:99px;background:var(--notice);color:var(--notice-ink);font-size:12px;font-weight:600;vertical-align:2px}
.id{margin:0;color:var(--soft);font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
dl{display:flex;flex-wrap:wrap;gap:6px 28px;margin:12px 0 0}
dt{color:var(--soft);font-size:12px;letter-spacing:.02em}
dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums}
details{margin-top:12px;font-size:14px}
summary{cursor:pointer;color:var(--accent);font-weight:600}
ul{margin:6px 0 0;padding-left:18px}
li{overflow-wrap:anywhere}
.nothing{margin-top:40px;color:var(--soft)}
footer{margin-top:48px;padding-bottom:40px;color:var(--soft);font-size:14px}
@media print{
:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--edge:#bbb;--notice:#fff;--notice-ink:#000}
article{break-inside:avoid;box-shadow:none}
h2{break-after:avoid}
.grid{grid-template-columns:1fr 1fr}
.compare{display:grid;grid-template-columns:1fr 1fr;gap:4px;background:none;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.compare .before{position:static;clip-path:none;order:-1;height:auto}
.compare input,.line,footer{display:none}
.right{right:12px}
}`;

/** The script of the before-and-after page: the sliders. */
export const pageScript = `
for (const range of document.querySelectorAll(".compare input")) {
  const show = () => {
    range.parentElement.style.setProperty("--at", range.value + "%");
    range.setAttribute("aria-valuetext", range.value + " % before");
  };
  range.addEventListener("input", show);
  show();
}`;
