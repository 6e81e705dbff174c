// Specifications of controls that several explorers have; controls.js makes the controls.

export const select = (key, label, value, options) => ({
  type: "select",
  key,
  label,
  value,
  options,
});

export const asNamed = (names) => names.map((name) => [name, name]);

export const dataSelect = (data, value) =>
  select(
    "data",
    "Data",
    value,
    Object.entries(data.sets).map(([name, set]) => [name, set.title]),
  );

// Which of `count` things the other controls speak of; of one there is nothing to choose.
export function nth(key, label, value, count) {
  const text = `${value + 1} of ${count}`;
  return count < 2 ? [] : [{ type: "range", key, label, min: 0, max: count - 1, value, text }];
}

// Where the chosen one of some points stands, as two sliders of a hundred steps.
export const placed = (labels, place, steps) =>
  ["wx", "wy"].map((key, axis) => ({
    type: "range",
    key,
    label: labels[axis],
    min: 0,
    max: 100,
    value: steps(axis),
    text: place(axis),
  }));
