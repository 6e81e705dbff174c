// Start a lecture deck: arrow keys, overview (Esc), speaker's notes (S), place in the address.
const { Reveal: deck, RevealNotes: notes } = window;

deck.initialize({
  hash: true,
  width: 1180,
  height: 720,
  margin: 0.04,
  center: false,
  transition: "none",
  plugins: [notes],
  // An explorer keeps the keys that move its own controls.
  keyboardCondition: () => !document.activeElement?.closest("[data-explorer], .clx-quiz"),
});

// What does not fit gets smaller letters, down to six tenths; the rest scrolls.
function fit() {
  const slide = deck.getCurrentSlide();
  slide.style.fontSize = "";
  const ratio = 690 / slide.scrollHeight;
  if (ratio < 1) slide.style.fontSize = `${Math.max(0.6, ratio)}em`;
}

deck.on("ready", fit);
deck.on("slidechanged", fit);
