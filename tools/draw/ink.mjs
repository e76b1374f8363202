// The edition's one illustrated style: flat shapes in few colours, shaded by grain.
//
// A scene is a module that exports `draw(ink)`, which answers the SVG inside a frame of
// 1600 × 1067 units. Grain is noise (SVG's feTurbulence, which is Ken Perlin's of 1985)
// against which the strength of a shade is compared, dot by dot, as in a stencil print.

/** Width and height of a picture, in pixels and in units of a scene. */
export const WIDTH = 1600
export const HEIGHT = 1067

/** The colours. Nothing else is used but their mixtures by grain. */
export const INK = {
  navy: '#14264a',
  night: '#0b1733',
  blue: '#27457d',
  red: '#d9442b',
  brick: '#a42a1c',
  gold: '#dba63f',
  ochre: '#b67f22',
  teal: '#2c6a6c',
  pine: '#174548',
  sage: '#8fb7a9',
  mist: '#c3d6c8',
  cream: '#f4ead2',
  sand: '#e0cda6',
  umber: '#6b3f24',
  clay: '#c98a5e',
  white: '#fdf8ea',
}

/** What a scene draws with. Each makes its own, so that names never meet. */
export function inkwell() {
  const defs = new Map()
  let count = 0

  const define = (key, make) => {
    if (!defs.has(key)) {
      const id = `i${count++}`
      defs.set(key, { id, markup: make(id) })
    }
    return defs.get(key).id
  }

  // Dots of one colour, as many as the shape below is opaque: noise is added to its
  // opacity, and what stays below one is cut away by a steep slope.
  const grain = (colour, size) =>
    define(`grain ${colour} ${size}`, id => `
      <filter id="${id}" x="0" y="0" width="100%" height="100%" color-interpolation-filters="sRGB">
        <feTurbulence type="fractalNoise" baseFrequency="${size}" numOctaves="2" seed="${count}"/>
        <feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  2.6 0 0 0 -0.8" result="noise"/>
        <feComposite in="SourceAlpha" in2="noise" operator="arithmetic" k2="1" k3="1" k4="-1"/>
        <feComponentTransfer><feFuncA type="linear" slope="9"/></feComponentTransfer>
        <feComposite in2="SourceAlpha" operator="in" result="dots"/>
        <feFlood flood-color="${colour}"/>
        <feComposite in2="dots" operator="in"/>
      </filter>`)

  // Opacity from nothing to `strength` along a direction (degrees; 0 leads to the right,
  // 90 downwards), beginning at `from` (0 to 1) of the way.
  const fade = (angle, from, strength) =>
    define(`fade ${angle} ${from} ${strength}`, id => `
      <linearGradient id="${id}" gradientTransform="rotate(${angle} .5 .5)">
        <stop offset="${from}" stop-opacity="0"/><stop offset="1" stop-opacity="${strength}"/>
      </linearGradient>`)

  // The same from the middle outwards, or from the rim inwards.
  const halo = (from, strength, inwards) =>
    define(`halo ${from} ${strength} ${inwards}`, id => `
      <radialGradient id="${id}">
        <stop offset="${from}" stop-opacity="${inwards ? strength : 0}"/>
        <stop offset="1" stop-opacity="${inwards ? 0 : strength}"/>
      </radialGradient>`)

  const filled = (shape, attributes) => shape.replace(/^<(\w+)/, `<$1 ${attributes}`)

  /**
   * A shape (one SVG element without a fill) in one colour; with `shade`, another colour
   * comes over it in grain: along `angle`, from `from` of the way on, up to `strength`.
   * `round` shades from the middle to the rim instead. `more` are further attributes.
   */
  const solid = (shape, colour, { shade, angle = 90, from = 0, strength = 0.85, round = false, size = 0.8 } = {}) => {
    const flat = filled(shape, `fill="${colour}"`)
    if (!shade) return flat
    const gradient = round ? halo(from, strength, false) : fade(angle, from, strength)
    return `${flat}${filled(shape, `fill="url(#${gradient})" filter="url(#${grain(shade, size)})"`)}`
  }

  /** Grain alone, without ground: a shadow on a table, a glow around a lamp. */
  const dust = (shape, colour, { angle = 90, from = 0, strength = 0.7, round = false, size = 0.8 } = {}) => {
    const gradient = round ? halo(from, strength, true) : fade(angle, from, strength)
    return filled(shape, `fill="url(#${gradient})" filter="url(#${grain(colour, size)})"`)
  }

  /** A line: the shape without fill, in a colour and width. */
  const line = (shape, colour, width, more = '') =>
    filled(shape, `fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}`)

  /** Draws only within a shape. */
  const within = (shape, content) => {
    const id = define(`clip ${shape}`, id => `<clipPath id="${id}">${shape}</clipPath>`)
    return `<g clip-path="url(#${id})">${content}</g>`
  }

  /** Content moved, turned (degrees) and scaled about its own origin. */
  const at = (x, y, content, { turn = 0, scale = 1 } = {}) =>
    `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${scale})">${content}</g>`

  const all = { defs, solid, dust, line, within, at }
  return all
}

/** An SVG element for each shape, with its numbers in the order in which they are said. */
export const rect = (x, y, width, height, rx = 0) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${rx}"/>`
export const circle = (x, y, r) => `<circle cx="${x}" cy="${y}" r="${r}"/>`
export const ellipse = (x, y, rx, ry) => `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}"/>`
export const path = d => `<path d="${d}"/>`
export const polygon = points => `<polygon points="${points}"/>`

/** `count` times what `make` answers for 0, 1, 2 … */
export const times = (count, make) => Array.from({ length: count }, (_, n) => make(n)).join('')

/** Numbers from 0 to 1 that look like chance and are the same in each run (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A scene as a whole SVG, under a breath of paper grain. */
export function picture(draw, width = WIDTH, height = HEIGHT) {
  const ink = inkwell()
  const content = draw(ink)
  const paper = `<filter id="paper" x="0" y="0" width="100%" height="100%" color-interpolation-filters="sRGB">
      <feTurbulence type="fractalNoise" baseFrequency="0.7" numOctaves="3" seed="5"/>
      <feColorMatrix values="0 0 0 0 0.1  0 0 0 0 0.08  0 0 0 0 0.05  0.9 0 0 0 -0.36"/>
    </filter>`
  const defs = [...ink.defs.values()].map(d => d.markup).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
    <defs>${paper}${defs}</defs>${content}
    <rect width="${width}" height="${height}" filter="url(#paper)" opacity="0.35"/></svg>`
}
