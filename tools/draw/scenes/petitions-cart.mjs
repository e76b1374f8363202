// A cart piled with paper petitions rolling up broad court steps at night, four of nine lamps lit.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(23)
  const [run, rise, steps] = [130, 34, 16]
  const x = n => -260 + run * n
  const y = n => 805 - rise * n

  // The steps climb to the right and are as broad as the vector (170, 330) leads to the front.
  const treads = path(times(steps, n => `M${x(n)} ${y(n)}h${run}l170 330h${-run}Z`))
  const risers = path(times(steps, n => `M${x(n)} ${y(n)}v${rise}l170 330v${-rise}Z`))
  const front = path(`M${x(0) + 170} ${y(0) + 330}${times(steps, n => `h${run}v${n < steps - 1 ? -rise
    : 0}`)}V1067H-200Z`)

  const lamp = (n, lit) => {
    const lx = 62 + n * 184
    const ly = y(Math.floor((lx + 260) / run)) + 14
    return at(lx, ly, `
      ${lit ? dust(circle(0, -262, 190), INK.gold, { round: true, strength: 0.75 }) : ''}
      ${solid(rect(-6, -220, 12, 220), INK.night)}${solid(rect(-20, -16, 40, 18, 4), INK.night)}
      ${solid(rect(-26, -228, 52, 12, 4), INK.night)}
      ${lit ? '' : line(circle(0, -262, 41), INK.sage, 6)}
      ${lit ? solid(circle(0, -262, 40), INK.gold, { shade: INK.white, angle: 250, from: 0.1, strength: 1 })
        : solid(circle(0, -262, 40), INK.blue, { shade: INK.night, angle: 60, from: 0.2 })}`)
  }

  const court = at(1215, 548, `
    ${solid(rect(-330, -250, 660, 330), INK.night)}
    ${solid(path(times(8, n => `M${-302 + n * 80} -250h44v330h-44Z`)), INK.sage, { shade: INK.navy, angle: 0,
      from: 0.1, strength: 0.9 })}
    ${solid(rect(-352, -282, 704, 34), INK.sage)}
    ${solid(polygon('-362,-286 0,-396 362,-286'), INK.sage, { shade: INK.blue, angle: 60, from: 0.2 })}
    ${solid(polygon('-270,-300 0,-380 270,-300'), INK.blue)}${solid(circle(0, -322, 20), INK.sage)}`)

  const petition = (px, py, turn, wide, tied) => at(px, py, `
    ${solid(rect(-wide / 2, -17, wide, 34, 3), INK.white)}
    ${line(path(`M${-wide / 2} -6h${wide}M${-wide / 2} 5h${wide}`), INK.clay, 2)}
    ${tied ? solid(rect(-12, -18, 24, 36), INK.red) : ''}`, { turn })
  const loose = (px, py, turn, scale) => at(px, py, `
    ${solid(rect(-42, -56, 84, 112, 3), INK.white, { shade: INK.sand, angle: 60, from: 0.3 })}
    ${line(path('M-26 -34h52M-26 -16h52M-26 2h38'), INK.blue, 6)}
    ${line(path('M-4 34q8 -20 14 -2t18 -4'), INK.red, 5)}`, { turn, scale })

  const pile = times(6, row => times(Math.max(1, 6 - Math.floor(row * 0.9)), n => {
    const across = Math.max(1, 6 - Math.floor(row * 0.9))
    return petition((n - (across - 1) / 2) * 76 + (random() - 0.5) * 26, -222 - row * 31, (random() - 0.5) * 14,
      84 + random() * 26, random() > 0.45)
  }))

  const wheel = wx => at(wx, -70, `
    ${solid(circle(0, 0, 72), INK.night)}${solid(circle(0, 0, 56), INK.gold)}${solid(circle(0, 0, 47), INK.umber)}
    ${line(path(times(4, n => {
      const [c, s] = [Math.cos(n * Math.PI / 4 + 0.2) * 50, Math.sin(n * Math.PI / 4 + 0.2) * 50]
      return `M${-c} ${-s}L${c} ${s}`
    })), INK.gold, 9)}${solid(circle(0, 0, 16), INK.night)}`)

  const cart = `
    ${solid(polygon('-235,-205 235,-205 205,-330 -205,-330'), INK.sand)}${pile}
    ${loose(-150, -318, -24, 0.9)}${loose(96, -372, 22, 0.9)}${loose(-10, -412, -6, 0.9)}
    ${solid(polygon('-262,-224 262,-224 232,-96 -232,-96'), INK.red, { shade: INK.brick, angle: 40, from: 0.2 })}
    ${line(path('M-250 -182H250M-240 -140H240'), INK.brick, 5)}
    ${solid(rect(-276, -236, 552, 20, 6), INK.brick)}
    ${line(path('M-250 -200L-395 -250'), INK.night, 14)}${wheel(-140)}${wheel(140)}`

  const pusher = at(404, 866, `
    ${solid(polygon('-34,-150 30,-150 52,0 14,0 0,-90 -40,-60 -92,6 -126,-16 -72,-96'), INK.night)}
    ${solid(path('M-52 -120 L-14 -300 Q26 -330 62 -286 L58 -118 Q0 -96 -52 -120Z'), INK.teal, { shade: INK.pine,
      angle: 170, from: 0.2 })}
    ${line(path('M26 -272 Q80 -220 150 -252'), INK.pine, 34)}${solid(circle(160, -258, 18), INK.clay)}
    ${solid(circle(62, -338, 42), INK.clay)}
    ${solid(path('M14 -346 Q20 -400 70 -394 Q104 -386 104 -350 L128 -340 L124 -330 L58 -352 Q40 -330 22 -322Z'),
      INK.gold)}`)

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.navy, { shade: INK.night, angle: 270, from: 0.3 })}
    ${solid(circle(1215, 330, 250), INK.cream, { shade: INK.sand, round: true, from: 0.5 })}
    ${solid(path(times(34, () => `M${Math.round(random() * 960)} ${Math.round(random() * 420)}h5v5h-5Z`)), INK.mist)}
    ${court}
    ${solid(treads, INK.cream, { shade: INK.clay, angle: 30, from: 0.45, strength: 0.7 })}
    ${solid(risers, INK.blue)}
    ${solid(front, INK.blue, { shade: INK.night, from: 0, strength: 1 })}
    ${within(front, line(path(times(6, n => `M0 ${1040 - n * 76}H1600${times(12, k =>
      `M${k * 170 + (n % 2) * 85} ${1040 - n * 76}v-76`)}`)), INK.night, 4))}
    ${times(9, n => lamp(n, n < 4))}
    ${within(treads, at(840, 856, dust(ellipse(0, 0, 420, 74), INK.night, { round: true, strength: 1 }),
      { turn: -16 }))}
    ${pusher}${at(846, 830, cart, { turn: -14.7 })}
    ${loose(706, 236, 28, 0.8)}${loose(330, 236, -20, 0.66)}
  `
}
