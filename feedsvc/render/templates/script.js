// What no page needs: a button that copies each address, and how long ago things were.
(() => {
  "use strict";

  const box = document.querySelector(".subscribe");
  const said = document.createElement("span");
  said.className = "hidden";
  said.setAttribute("role", "status");

  const copy = async (field) => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // without TLS, or without leave
    }
    said.textContent = box.dataset.copied;
  };

  for (const field of box ? box.querySelectorAll("input") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = box.dataset.copy;
    button.setAttribute("aria-label", `${box.dataset.copy} – ${field.ariaLabel}`);
    button.addEventListener("click", async () => {
      await copy(field);
      button.textContent = box.dataset.copied;
      setTimeout(() => { button.textContent = box.dataset.copy; }, 2000);
    });
    field.addEventListener("focus", () => field.select());
    field.before(button);
    box.append(said);
  }

  const ago = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  for (const time of document.querySelectorAll("time[datetime*=T]")) {
    const minutes = Math.round((Date.parse(time.dateTime) - Date.now()) / 60000);
    if (minutes > 0 || minutes < -1440) continue; // a date says more than so many hours
    const text = minutes > -60 ? ago.format(minutes, "minute") : ago.format(Math.round(minutes / 60), "hour");
    const note = document.createElement("span");
    note.textContent = text;
    time.after(" · ", note);
  }
})();
