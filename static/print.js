"use strict";
// The browser's own print dialogue behind a button; without scripts the button is not there.
for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
}
