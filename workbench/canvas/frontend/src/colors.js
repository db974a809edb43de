// What are marks, notes and groups coloured with?  Okabe-Ito, and what lies between; named as the server names them.

export const COLORS = {
  red: "#D55E00", orange: "#E69F00", yellow: "#F0E442", green: "#009E73", blue: "#0072B2", violet: "#CC79A7",
  grey: "#7A8594",
};
