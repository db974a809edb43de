// Where a processor draws, each instance costs it as much as a hundred corners: what sigma draws as instances of a strip is
// spelt out for it, corner by corner.  The shaders stay the same.

const width = (attributes) => attributes.reduce((sum, { size, type }) => sum + (type === WebGL2RenderingContext.UNSIGNED_BYTE ? size / 4 : size), 0);

// Have a program of sigma's draw without instances from now on; what is drawn is the same.
export function flatten(program) {
  if (!program?.isInstanced || program.flat || program.METHOD !== WebGL2RenderingContext.TRIANGLE_STRIP) return;
  const { VERTICES, CONSTANT_ATTRIBUTES, ATTRIBUTES } = program;
  const [fixed, own] = [width(CONSTANT_ATTRIBUTES), width(ATTRIBUTES)];
  const { gl } = program.normalProgram;
  const [corners, order] = [gl.createBuffer(), gl.createBuffer()];
  program.flat = { generation: null, held: 0 };

  const upload = () => {
    const { flat, ints } = program;
    const capacity = program.used ?? program.capacity; // of many items only some may be drawn
    if (flat.generation === program.bufferGeneration) return;
    flat.generation = program.bufferGeneration;
    const constant = new Uint32Array(program.constantArray.buffer); // bits as they are: a number of an item is no float
    const all = new Uint32Array(capacity * VERTICES * (fixed + own));
    let at = 0;
    for (let item = 0; item < capacity; item++)
      for (let corner = 0; corner < VERTICES; corner++) {
        for (let i = 0; i < fixed; i++) all[at++] = constant[corner * fixed + i];
        for (let i = 0; i < own; i++) all[at++] = ints[item * own + i];
      }
    gl.bufferData(gl.ARRAY_BUFFER, all, gl.DYNAMIC_DRAW);
    if (flat.held >= capacity) return;
    const triangles = new Uint32Array(capacity * (VERTICES - 2) * 3);
    at = 0;
    for (let item = 0; item < capacity; item++)
      for (let corner = 0; corner < VERTICES - 2; corner++)
        for (let i = 0; i < 3; i++) triangles[at++] = item * VERTICES + corner + i;
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, triangles, gl.DYNAMIC_DRAW);
    flat.held = capacity;
  };

  program.bindProgram = (info) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, corners);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, order);
    let offset = 0;
    for (const { name, size, type, normalized } of [...CONSTANT_ATTRIBUTES, ...ATTRIBUTES]) {
      const location = info.attributeLocations[name];
      if (location !== -1) {
        gl.enableVertexAttribArray(location);
        gl.vertexAttribPointer(location, size, type, normalized || false, (fixed + own) * 4, offset);
      }
      offset += width([{ size, type }]) * 4;
    }
    upload();
    gl.bindBuffer(gl.ARRAY_BUFFER, null);
  };
  program.drawWebGL = (_method, _info) => {
    const count = program.renderCount >= 0 ? program.renderCount : program.capacity;
    const each = (VERTICES - 2) * 3;
    gl.drawElements(gl.TRIANGLES, count * each, gl.UNSIGNED_INT, program.renderOffset * each * 4);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, null);
  };
}
