// A phone whose screen is a noticeboard: speech bubbles pinned over it, circuit lines to both sides.
import { INK, chance, circle, path, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(12)
  const pin = (x, y, colour, deep) => `${line(path(`M${x + 4} ${y + 6}l26 26`), INK.night, 7, 'opacity="0.5"')}
    ${solid(circle(x, y, 19), deep)}${solid(circle(x - 2, y - 3, 16), colour)}
    ${solid(circle(x - 7, y - 8, 5), INK.white)}`
  // Lines of writing are given by their share of the bubble's width.
  const bubble = (x, y, wide, high, turn, [ground, deep, ink], lines, tail, [head, rim]) => {
    const [w, h] = [wide / 2, high / 2]
    const t = tail * (w - 70)
    const shape = path(`M${-w + 26} ${-h}H${w - 26}Q${w} ${-h} ${w} ${-h + 26}V${h - 26}Q${w} ${h} ${w - 26}
      ${h}H${t + 34}L${t + tail * 30} ${h + 52}L${t - 34} ${h}
      H${-w + 26}Q${-w} ${h} ${-w} ${h - 26}V${-h + 26}Q${-w} ${-h} ${-w + 26} ${-h}Z`)
    return at(x, y, `${at(14, 20, solid(shape, INK.night).replace('fill=', 'opacity="0.55" fill='))}
      ${solid(shape, ground, { shade: deep, angle: 50, from: 0.3, strength: 1 })}
      ${line(path(lines.map((part, n) => `M${-w + 44}
        ${(n - (lines.length - 1) / 2) * 34 + 8}h${((wide - 88) * part).toFixed()}`).join('')), ink, 13)}
      ${pin(0, -h + 4, head, rim)}`, { turn })
  }
  const [RED, GOLD, SAGE, WHITE, TEAL] = [[INK.red, INK.brick, INK.cream], [INK.gold, INK.ochre, INK.navy],
    [INK.sage, INK.teal, INK.navy],
    [INK.white, INK.sand, INK.navy], [INK.teal, INK.pine, INK.cream]]
  // Each circuit line leaves the phone, bends, and ends in a node: height, bend, length, drop.
  const circuits = [[130, 250, 170, -90], [220, 130, 330, -70], [300, 300, 120, 70], [420, 110, 420, -60],
    [520, 260, 230, 60], [610, 150, 330, 100],
    [700, 290, 130, -60], [800, 120, 300, 80], [880, 230, 260, 70], [960, 90, 380, 60]]
  const wires = side => circuits.map(([y, a, b, drop]) => {
    const [x1, x2] = [800 + side * (230 + a), 800 + side * (230 + a + Math.abs(drop))]
    return `M800 ${y}H${x1}L${x2} ${y + drop}h${side * b}`
  })
  const ends = side => circuits.map(([y, a, b, drop]) => [800 + side * (230 + a + Math.abs(drop) + b), y + drop])
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.navy, { shade: INK.night, round: true, from: 0.35, strength: 1 })}
    ${line(path([...wires(-1), ...wires(1)].join('')), INK.teal, 6)}
    ${line(path([wires(-1)[2], wires(1)[5], wires(-1)[6], wires(1)[1]].join('')), INK.gold, 6)}
    ${[...ends(-1), ...ends(1)].map(([x, y], n) => `${solid(circle(x, y, 14), n % 3 ? INK.sage : INK.gold)}
    ${solid(circle(x, y, 7), INK.night)}`).join('')}
    ${solid(circle(800, 534, 440), INK.red, { shade: INK.brick, angle: 60, from: 0.2, strength: 1 })}
    ${line(circle(800, 534, 470), INK.red, 5, 'stroke-dasharray="3 20"')}
    ${at(800, 534, `
      ${at(34, 44, dust(rect(-250, -470, 500, 940, 70), INK.night, { angle: 20, from: -1, strength: 1 }))}
      ${solid(rect(-238, -470, 500, 940, 70), INK.night)}
      ${solid(rect(-250, -470, 496, 940, 70), INK.blue, { shade: INK.navy, angle: 30, from: 0.2, strength: 1 })}
      ${solid(rect(252, -220, 14, 110, 5), INK.blue)}
      ${solid(rect(-222, -442, 440, 884, 46), INK.clay, { shade: INK.umber, angle: 60, from: 0.35, strength: 0.8 })}
      ${within(rect(-222, -442, 440, 884, 46), `${line(path(times(260, () => `M${(random() * 440 - 222).toFixed()}
        ${(random() * 884 - 442).toFixed()}h1`)), INK.umber, 7)}
        ${line(path(times(160, () => `M${(random() * 440 - 222).toFixed()} ${(random() * 884 - 442).toFixed()}h1`)),
          INK.sand, 7)}`)}
      ${solid(rect(-80, -426, 156, 34, 17), INK.night)}${solid(circle(46, -409, 8), INK.blue)}
      ${solid(rect(-60, 414, 120, 10, 5), INK.night)}`, { turn: -7 })}
    ${bubble(726, 254, 390, 150, -9, SAGE, [1, 0.82, 0.5], -1, [INK.red, INK.brick])}
    ${bubble(1190, 236, 300, 124, 8, RED, [1, 0.6], -1, [INK.gold, INK.ochre])}
    ${bubble(888, 452, 430, 158, 4, WHITE, [1, 0.9, 0.62], 1, [INK.red, INK.brick])}
    ${bubble(352, 396, 270, 122, -6, WHITE, [1, 0.66], 1, [INK.gold, INK.ochre])}
    ${bubble(668, 648, 380, 154, -5, GOLD, [1, 0.86, 0.54], -1, [INK.red, INK.brick])}
    ${bubble(1262, 606, 270, 124, -4, GOLD, [1, 0.58], -1, [INK.sage, INK.teal])}
    ${bubble(330, 772, 280, 120, 7, RED, [1, 0.7], 1, [INK.sage, INK.teal])}
    ${bubble(956, 806, 330, 132, 6, TEAL, [1, 0.7], 1, [INK.gold, INK.ochre])}
    ${at(652, 866, `${at(12, 14, solid(path('M0 -88Q44 -56 84 -58V4Q80 70 0 104Q-80 70 -84 4V-58Q-44 -56 0 -88Z'),
      INK.umber))}
      ${solid(path('M0 -88Q44 -56 84 -58V4Q80 70 0 104Q-80 70 -84 4V-58Q-44 -56 0 -88Z'),
        INK.navy, { shade: INK.night, angle: 0, from: 0.4, strength: 1 })}
      ${line(path('M0 -66Q36 -42 66 -42V4Q62 56 0 82Q-62 56 -66 4V-42Q-36 -42 0 -66Z'), INK.gold, 6)}
      ${line(path('M-30 2L-8 28L34 -22'), INK.cream, 16)}`, { turn: -7 })}
  `
}
