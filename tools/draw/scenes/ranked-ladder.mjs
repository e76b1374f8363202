// A ballot folded into a staircase of four ranks, ballots moving from one box to another.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  // Isometric space: x leads down to the right, y down to the left, z up.
  const put = (x, y, z) => [800 + (x - y) * 0.866, 620 + (x + y) * 0.5 - z].map(v => v.toFixed(1))
  const face = (...corners) => polygon(corners.map(c => put(...c).join(',')).join(' '))
  const onFront = (x, y, z, content) => `<g transform="matrix(0.866 0.5 0 1 ${put(x, y, z)
    .join(' ')})">${content}</g>`
  const onTop = (x, y, z, content) => `<g transform="matrix(0.866 0.5 -0.866 0.5 ${put(x, y, z)
    .join(' ')})">${content}</g>`

  const dots = [[[0, 0]], [[-20, 0], [20, 0]], [[-22, 14], [22, 14], [0, -20]], [[-18, -18], [18, -18], [-18, 18],
    [18, 18]]]
  const [wide, deep, high] = [430, 122, 86]
  const stair = n => {
    const [x0, x1, y1, y0, z] = [-250, -250 + wide, 320 - n * deep, 320 - (n + 1) * deep, (n + 1) * high]
    const rank = 3 - n
    return `
      ${solid(face([x0, y1, z - high], [x1, y1, z - high], [x1, y1, z], [x0, y1, z]), INK.cream, { shade: INK.sand,
        angle: 0, from: 0.1, strength: 1 })}
      ${solid(face([x1, y1, 0], [x1, y0, 0], [x1, y0, z], [x1, y1, z]), INK.sand, { shade: INK.umber, from: 0.3,
        strength: 0.7 })}
      ${solid(face([x0, y1, z], [x1, y1, z], [x1, y0, z], [x0, y0, z]), INK.white)}
      ${onFront(x0 + 74, y1, z - 43, `${solid(circle(0, 0, 37), rank ? INK.navy : INK.red)}
        ${line(circle(0, 0, 31), INK.gold, 4)}${dots[rank].map(([x, y]) => solid(circle(x * 0.7, y * 0.7, 7.5),
          INK.cream)).join('')}`)}
      ${onFront(x0 + 146, y1, z - 30, `${line(path(`M0 0h${236 - n * 26}`), INK.navy, 15)}
        ${line(path(`M0 26h${120 + n * 30}`), INK.blue, 9)}`)}
      ${onTop(x0, y0, z, times(4, c => c === rank ? solid(ellipse(74 + c * 94, 61, 34, 24), INK.red)
        : line(ellipse(74 + c * 94, 61, 34, 24), INK.blue, 6)))}`
  }

  const box = (x, y, side, tall, [top, left, right, dark]) => {
    const [x1, y1] = [x + side, y + side]
    return `
      ${dust(face([x1, y1, 0], [x1, y - 30, 0], [x1 + 190, y - 30, 0], [x1 + 190, y1, 0]), INK.night, { angle: 200,
        from: 0, strength: 1 })}
      ${solid(face([x, y1, 0], [x1, y1, 0], [x1, y1, tall], [x, y1, tall]), left, { shade: dark, angle: 90,
        from: 0.3 })}
      ${solid(face([x1, y1, 0], [x1, y, 0], [x1, y, tall], [x1, y1, tall]), right, { shade: INK.night, angle: 80,
        from: 0.2, strength: 0.7 })}
      ${solid(face([x, y1, tall], [x1, y1, tall], [x1, y, tall], [x, y, tall]), top)}
      ${onTop(x, y, tall, solid(rect(side * 0.2, side * 0.42, side * 0.6, side * 0.16, 8), INK.night))}
      ${onFront(x, y1, tall, `${solid(circle(side / 2, tall / 2, side * 0.27), INK.cream)}
        ${line(path(`M${side * 0.39} ${tall * 0.5}l${side * 0.09} ${side * 0.1}l${side * 0.15} ${-side * 0.2}`),
          INK.navy, 13)}`)}`
  }

  const slip = (x, y, turn, scale) => at(x, y, `
    ${solid(polygon('-58,-40 58,-40 58,40 -58,40'), INK.white, { shade: INK.sand, angle: 50, from: 0.3 })}
    ${line(circle(-32, -14, 9), INK.navy, 5)}${solid(circle(-32, 16, 11), INK.red)}
    ${line(path('M-8 -14h46M-8 16h36'), INK.navy, 8)}`, { turn, scale })

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.blue, { shade: INK.navy, angle: 60, from: 0.2, strength: 1 })}
    ${solid(face([-700, 560, 0], [760, 560, 0], [760, -620, 0], [-700, -620, 0]), INK.teal, { shade: INK.navy,
      angle: 20, from: 0.4, strength: 0.9 })}
    ${line(path(times(12, n => `M${put(-700, -620 + n * 107, 0).join(' ')}L${put(760, -620 + n * 107, 0)
      .join(' ')}M${put(-700 + n * 132, 560, 0).join(' ')}L${put(-700 + n * 132, -620, 0).join(' ')}`)), INK.pine, 3)}
    ${dust(face([180, 320, 0], [430, 320, 0], [430, -168, 0], [180, -168, 0]), INK.night, { angle: 180, from: -0.1,
      strength: 1 })}
    ${times(4, n => stair(3 - n))}
    ${box(330, -290, 170, 190, [INK.gold, INK.gold, INK.ochre, INK.ochre])}
    ${line(path('M1340 470C1340 190 990 190 985 690'), INK.gold, 6, 'stroke-dasharray="4 22"')}
    ${slip(1340, 486, -92, 0.95)}${slip(1312, 352, -110, 1)}${slip(1216, 272, -150, 1)}${slip(1098, 306, -212, 1)}
    ${box(300, 90, 210, 210, [INK.red, INK.red, INK.brick, INK.brick])}
    ${slip(1015, 436, -254, 1)}${slip(987, 596, -268, 1.05)}
  `
}
