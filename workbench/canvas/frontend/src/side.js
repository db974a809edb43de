// What changes with every click and is small: handed on to the canvas of that key.
import { tell } from "./registry.js";

export default function side({ data, parentElement }) {
  parentElement.host?.style?.setProperty("display", "none");
  tell(data);
}
