/* Small comforts. Every page does its work without them. */
(function () {
  "use strict";

  // Menus close with Escape and when one clicks elsewhere.
  function closeMenus(except) {
    document.querySelectorAll("details.wn-disclosure[open]").forEach(function (menu) {
      if (menu !== except && !(except && menu.contains(except))) { menu.open = false; }
    });
  }
  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details.wn-disclosure"));
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    var open = document.querySelector("details.wn-disclosure[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });

  // A region that does not scroll needs no stop for the keyboard.
  function markRegions() {
    document.querySelectorAll(".wn-table-region--scroll").forEach(function (region) {
      if (region.scrollWidth > region.clientWidth) { region.setAttribute("tabindex", "0"); }
      else { region.removeAttribute("tabindex"); }
    });
  }

  // In a row of tabs that is pushed sideways the current one is in sight.
  function showCurrentTabs() {
    document.querySelectorAll(".wn-tabs [aria-current]").forEach(function (tab) {
      var row = tab.closest("ul");
      row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
    });
  }

  // Errors first: the summary is read and reached before anything else.
  function focusErrors() {
    var errors = document.getElementById("fehler");
    if (errors) { errors.focus(); }
  }

  // Saving while typing says so, and says when it did not work.
  function say(form, state) {
    var place = document.querySelector((form && form.dataset.saved) || ".wn-saved");
    if (!place) { return; }
    place.dataset.state = state;
    place.textContent = state === "saving" ? place.dataset.saving : place.dataset.failed;
  }
  function saver(event) { return event.target.closest("[data-saved]"); }
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (saver(event)) { say(saver(event), "saving"); }
  });
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (saver(event)) { say(saver(event), "failed"); }
    });
  });
  document.addEventListener("htmx:afterSwap", markRegions);

  // What only works with a script is shown by the script.
  document.querySelectorAll("[data-needs-script], [data-print]").forEach(function (part) { part.hidden = false; });
  document.addEventListener("allauth.error", function (event) {
    var notice = document.querySelector("[data-passkey-error]");
    if (notice) { event.preventDefault(); notice.hidden = false; }
  });

  // The bar at the lower edge says how high it is, so that nothing stays beneath it.
  var bar = document.querySelector(".wn-bar");
  if (bar && window.ResizeObserver) {
    new ResizeObserver(function () {
      var above = window.getComputedStyle(bar).position === "fixed" ? bar.offsetHeight : 0;
      document.documentElement.style.setProperty("--wn-bar", above + "px");
    }).observe(bar);
  }

  // Buttons that open the print dialogue.
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) { window.print(); }
  });

  window.addEventListener("resize", function () { markRegions(); showCurrentTabs(); });
  markRegions();
  showCurrentTabs();
  focusErrors();
}());
