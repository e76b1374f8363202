// A cart piled with petitions on the landing before a night court's flight of steps, four of nine lamps lit.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(23)
  const steps = 10

  // The flight narrows upwards: y is the front edge of step n, x its left end.
  const y = n => 830 - 370 * (1 - (1 - n / steps) ** 1.5)
  const x = n => 150 + 260 * (830 - y(n)) / 370
  const band = (n, from, to) => {
    const [a, b] = [y(n) + (y(n + 1) - y(n)) * from, y(n) + (y(n + 1) - y(n)) * to]
    const [p, q] = [150 + 260 * (830 - a) / 370, 150 + 260 * (830 - b) / 370]
    return `M${p} ${a}H${1600 - p}L${1600 - q} ${b}H${q}Z`
  }
  const flight = path(`M150 830H1450L1190 460H410Z`)
  const risers = path(times(steps, n => band(n, 0, 0.58)))
  const shades = path(times(steps, n => band(n, 0.4, 0.56)))
  const edges = path(times(steps, n => band(n, 0.54, 0.64)))
  const cheek = `
    ${solid(polygon('-20,460 410,460 150,830 150,900 -20,900'), INK.blue, { shade: INK.night, angle: 180, from: 0.1,
      strength: 1 })}
    ${solid(polygon('372,446 424,446 164,822 86,822'), INK.cream)}
    ${solid(polygon('86,822 164,822 164,880 86,880'), INK.clay)}`

  const lamp = (n, lit) => at(160 + n * 160, 452, `
    ${lit ? dust(circle(0, -150, 130), INK.gold, { round: true, strength: 0.9 }) : ''}
    ${solid(path('M-6 -120h12V0h-12ZM-20 -12h40V4h-40ZM-20 -126h40v12h-40Z'), INK.night)}
    ${solid(circle(0, -150, 35), lit ? INK.gold : INK.night)}
    ${lit ? solid(circle(-4, -154, 24), INK.white) : line(circle(0, -150, 33), INK.sage, 5)}`)

  const court = at(800, 380, `
    ${solid(rect(-400, -160, 800, 230), INK.night)}
    ${solid(path(times(8, n => `M${-383 + n * 104} -150h38v220h-38Z`)), INK.sage, { shade: INK.teal, angle: 0,
      from: 0.1, strength: 0.9 })}
    ${solid(rect(-420, -192, 840, 44), INK.sage)}
    ${solid(polygon('-436,-190 0,-306 436,-190'), INK.sage)}
    ${solid(polygon('-330,-200 0,-286 330,-200'), INK.blue)}${solid(circle(0, -230, 18), INK.sage)}
    ${solid(rect(-900, 66, 1800, 20), INK.sage)}`)

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

  const pusher = at(440, 950, `
    ${solid(polygon('-34,-150 30,-150 52,0 14,0 0,-90 -40,-60 -92,6 -126,-16 -72,-96'), INK.night)}
    ${solid(path('M-52 -120 L-14 -300 Q26 -330 62 -286 L58 -118 Q0 -96 -52 -120Z'), INK.teal, { shade: INK.pine,
      angle: 170, from: 0.2 })}
    ${solid(path('M10 -6h46q24 2 26 14h-72ZM-126 -18l34 22l24 -2q4 12 -8 14h-26l-42 -22Z'), INK.umber)}
    ${line(path('M26 -272 Q80 -220 150 -252'), INK.pine, 34)}${solid(circle(160, -258, 18), INK.clay)}
    ${solid(circle(62, -338, 42), INK.clay)}
    ${solid(path('M14 -346 Q20 -400 70 -394 Q104 -386 104 -350 L128 -340 L124 -330 L58 -352 Q40 -330 22 -322Z'),
      INK.gold)}`)

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.navy, { shade: INK.night, angle: 270, from: 0.3 })}
    ${solid(circle(800, 262, 250), INK.cream, { shade: INK.sand, round: true, from: 0.5 })}
    ${solid(path(times(40, n => `M${Math.round(random() * 340 + (n % 2) * 1250)} ${
      Math.round(random() * 240)}h5v5h-5Z`)), INK.mist)}
    ${court}
    ${solid(flight, INK.mist)}${solid(risers, INK.sage, { shade: INK.teal, angle: 0,
      strength: 1 })}
    ${solid(shades, INK.teal)}${solid(edges, INK.white)}
    ${dust(flight, INK.night, { angle: 0, from: 0.35, strength: 0.9 })}
    ${cheek}<g transform="translate(1600 0) scale(-1 1)">${cheek}</g>
    ${solid(rect(-20, 830, 1640, 260), INK.sand, { shade: INK.clay, from: 0.1, strength: 0.9 })}
    ${solid(rect(-20, 1010, 1640, 80), INK.blue, { shade: INK.night, from: 0 })}
    ${solid(rect(-20, 1006, 1640, 14), INK.cream)}
    ${line(path('M60 1006L190 830M420 1006L500 830M1180 1006L1100 830M1540 1006L1410 830'), INK.clay, 4)}
    ${times(9, n => lamp(n, n < 4))}
    ${dust(polygon('770,944 1212,944 1340,990 860,990'), INK.night, { angle: 0, from: -0.9, strength: 1 })}
    ${dust(polygon('330,948 500,948 610,984 430,984'), INK.night, { angle: 0, from: -0.9, strength: 0.9 })}
    ${solid(ellipse(850, 953, 74, 9), INK.night)}${solid(ellipse(1130, 953, 74, 9), INK.night)}
    ${pusher}${at(990, 952, cart)}
  `
}
