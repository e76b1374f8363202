// A receding row of armchairs in a dark hall, the first of them in a cone of light.
import { INK, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const [eyeX, eyeY] = [1390, 420]
  const far = (x, y, s) => [eyeX + (x - eyeX) * s, eyeY + (y - eyeY) * s]
  const point = (x, y, s) => far(x, y, s).map(v => v.toFixed(1)).join(',')

  const chair = (cloth, deep, wood, strength) => {
    const part = (shape, angle, from) => solid(shape, cloth, { shade: deep, angle, from, strength })
    return `
      ${solid(path('M-176 -60h34l-10 62h-18ZM176 -60h-34l10 62h18Z'), wood)}
      ${part(path('M-150 -170V-470Q-146 -548 0 -556Q146 -548 150 -470V-170Z'), 20, 0.25)}
      ${solid(path(times(3, row => times(3 - row % 2, n => {
        const [x, y] = [(n - (2 - row % 2) / 2) * 92, -470 + row * 76]
        return `M${x - 9} ${y}a9 9 0 1 0 18 0a9 9 0 1 0 -18 0Z`
      }))), deep)}
      ${line(path('M-128 -250V-462Q-120 -522 0 -528Q120 -522 128 -462V-250'), deep, 5)}
      ${solid(rect(-140, -120, 280, 80, 10), deep)}
      ${part(path('M-146 -206Q0 -236 146 -206L150 -122Q0 -104 -150 -122Z'), 90, 0.3)}
      ${part(path('M-214 -262Q-206 -322 -160 -318Q-118 -312 -122 -258L-128 -46H-204Z'), 30, 0.3)}
      ${part(path('M214 -262Q206 -322 160 -318Q118 -312 122 -258L128 -46H204Z'), 350, 0.1)}
      ${line(path('M-186 -270q20 -34 42 0M186 -270q-20 -34 -42 0'), deep, 6)}
      ${line(path('M-204 -44H204'), wood, 14)}`
  }
  const chairs = times(10, n => {
    const k = 9 - n
    const s = 1 / (1 + k * 0.44)
    const [x, y] = far(452, 950, s)
    const shadow = dust(ellipse(30, 0, 300, 40), INK.night, { round: true, strength: 1 })
    const cloth = k === 0 ? chair(INK.red, INK.brick, INK.gold, 0.9)
      : k < 3 ? chair(INK.brick, INK.night, INK.umber, 0.85) : k < 6 ? chair(INK.umber, INK.night, INK.night, 0.8)
        : chair(INK.umber, INK.night, INK.night, 0.95)
    return at(x, y, `${k < 6 ? shadow : ''}${cloth}`, { scale: s * 1.02 })
  })

  const window = k => {
    const [a, b] = [1 / (0.62 + k * 0.52), 1 / (0.92 + k * 0.52)]
    const pane = (t0, t1, top, low) => {
      const [l, r] = [a + (b - a) * t0, a + (b - a) * t1]
      return `M${point(-560, top, l)}L${point(-560, top, r)}L${point(-560, low, r)}L${point(-560, low, l)}Z`
    }
    return `${solid(path(pane(-0.12, 1.12, -520, 500)), INK.night)}
      ${solid(path(pane(0, 0.46, -480, -60) + pane(0.54, 1, -480, -60) + pane(0, 0.46, -10, 460) + pane(0.54, 1, -10,
        460)),
        INK.teal, { shade: INK.sage, angle: 280, from: 0.2, strength: 0.75 })}`
  }

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.pine, { shade: INK.night, angle: 0, from: 0.25, strength: 0.9 })}
    ${times(6, n => window(5 - n))}
    ${solid(polygon(`0,1067 0,${far(-560, 690, 1 / 1.4)[1].toFixed()} ${eyeX},${eyeY} 1600,560 1600,1067`), INK.teal,
      { shade: INK.pine, angle: 320, from: 0, strength: 1 })}
    ${line(path(times(12, n => `M${eyeX} ${eyeY}L${-2600 + n * 420} 1300`)), INK.pine, 4)}
    ${solid(polygon(`${eyeX},${eyeY} 1448,0 1600,0 1600,560`), INK.night, { shade: INK.pine, angle: 180, from: 0.3 })}
    ${solid(ellipse(452, 950, 400, 84), INK.gold, { shade: INK.cream, angle: 270, from: 0.2, strength: 0.9 })}
    ${chairs}
    ${dust(polygon('380,-40 520,-40 852,950 52,950'), INK.cream, { angle: 270, from: 0.1, strength: 0.75 })}
  `
}
