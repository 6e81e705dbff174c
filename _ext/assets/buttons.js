// What the theme's buttons do: its own handlers stand in attributes, which the policy refuses.
document.addEventListener("click", (event) => {
  const does = event.target.closest("[data-does]")?.dataset.does;
  if (does === "print") window.print();
  if (does === "fullscreen") window.toggleFullScreen();
});
