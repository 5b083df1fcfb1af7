/* The file as a table: one stop for the keyboard, arrows move from cell to cell. Without this
   every cell is a link of its own. */
(function () {
  "use strict";

  var sheet = document.querySelector("[data-sheet]");
  if (!sheet) { return; }
  var rows = Array.from(sheet.querySelectorAll("tr")).map(function (row) {
    return Array.from(row.querySelectorAll("a"));
  }).filter(function (links) { return links.length; });
  var links = rows.flat();
  var current = null;

  function stop(link) {
    if (current) { current.tabIndex = -1; }
    current = link;
    current.tabIndex = 0;
  }

  function columnOf(link) { return link.parentElement.cellIndex; }

  function nearest(row, column) {
    return row && row.reduce(function (best, link) {
      return Math.abs(columnOf(link) - column) < Math.abs(columnOf(best) - column) ? link : best;
    }, row[0]);
  }

  function neighbour(link, key) {
    var row = rows.findIndex(function (one) { return one.includes(link); });
    var at = rows[row].indexOf(link);
    switch (key) {
      case "ArrowRight": return rows[row][at + 1];
      case "ArrowLeft": return rows[row][at - 1];
      case "ArrowDown": return nearest(rows[row + 1], columnOf(link));
      case "ArrowUp": return nearest(rows[row - 1], columnOf(link));
      case "Home": return rows[row][0];
      case "End": return rows[row][rows[row].length - 1];
      default: return null;
    }
  }

  links.forEach(function (link) { link.tabIndex = -1; });
  var target = window.location.hash.length > 1 && document.getElementById(window.location.hash.slice(1));
  stop((target && sheet.contains(target) && target.querySelector("a")) || sheet.querySelector("td.wn-m--asked a") || links[0]);

  sheet.addEventListener("focusin", function (event) {
    if (event.target.matches("a")) { stop(event.target); }
  });
  sheet.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.matches("a")) { return; }
    var next = neighbour(event.target, event.key);
    if (next) { event.preventDefault(); next.focus(); }
  });

  // The small form opens above the table and is reached at once; closing it goes back.
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target.id !== "zeigen") { return; }
    var opened = document.getElementById("zeigen");
    if (opened && opened.firstElementChild) { opened.focus(); }
  });
  function close(event) {
    var opened = document.getElementById("zeigen");
    if (!opened || !opened.firstElementChild) { return; }
    event.preventDefault();
    opened.replaceChildren();
    if (current) { current.focus(); }
  }
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-close-point]")) { close(event); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { close(event); }
  });
}());
