// A figure with a lantern between tall shelves of files, seen from behind.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(77)
  const [eyeX, eyeY] = [800, 440]
  const put = (side, up, z) => `${(eyeX + side * 620 / z).toFixed(1)},${(eyeY - up * 620 / z).toFixed(1)}`

  // Boards run at seven heights from the floor (-1.15) to the ceiling; files stand between them.
  const level = n => -1.1 + n * 0.42
  const depth = n => 0.72 + n * 0.2
  const files = (side, near) => {
    const seen = Array.from({ length: 42 }, (_, n) => n).reverse()
    return seen.map(n => times(6, row => {
      const [z0, z1] = [depth(n) + 0.012, depth(n + 1) - 0.012]
      const light = Math.abs(depth(n) - 1.9)
      const lot = random()
      const bright = light < 0.75 ? [INK.clay, INK.gold, INK.sand, INK.red] : light < 1.7 ? [INK.umber, INK.ochre,
        INK.brick, INK.clay]
        : [INK.umber, INK.navy, INK.umber, INK.blue]
      const high = level(row) + 0.2 + random() * 0.16
      const low = level(row) + 0.03
      const box = polygon(`${put(side, low, z0)} ${put(side, low, z1)} ${put(side, high, z1)} ${put(side, high, z0)}`)
      if (lot > 0.94) return ''
      const [l0, l1] = [z0 + 0.06, z1 - 0.05]
      const label = polygon(`${put(side, low + 0.1, l0)} ${put(side, low + 0.1, l1)} ${put(side, low + 0.16,
        l1)} ${put(side, low + 0.16, l0)}`)
      return solid(box, bright[Math.floor(lot * 4.25) % 4]) + (depth(n) < 4 ? solid(label, light < 1 ? INK.cream
        : INK.night) : '')
    })).join('')
  }
  const wall = side => `
    ${solid(polygon(`${put(side, -1.15, 0.5)} ${put(side, -1.15, 9)} ${put(side, 1.45, 9)} ${put(side, 1.45, 0.5)}`),
      INK.night)}
    ${files(side)}
    ${times(7, n => solid(polygon(`${put(side, level(n) - 0.02, 0.5)} ${put(side, level(n) - 0.02, 9)} ${put(side,
      level(n) + 0.03, 9)} ${put(side, level(n) + 0.03, 0.5)}`), n % 6 ? INK.umber : INK.night))}
    ${times(8, n => solid(polygon(`${put(side, -1.15, depth(n * 5))} ${put(side, -1.15,
      depth(n * 5) + 0.05)} ${put(side, 1.45, depth(n * 5) + 0.05)} ${put(side, 1.45, depth(n * 5))}`), INK.night))}`

  const ladder = at(1196, 880, `${line(path('M0 0L-58 -690M96 40L26 -720'), INK.night, 26)}
    ${line(path('M0 0L-58 -690M96 40L26 -720'), INK.clay, 13)}
    ${line(path(times(10, n => `M${-6 - n * 6} ${-60 - n * 66}L${88 - n * 7} ${-26 - n * 70}`)), INK.clay, 10)}`)

  const figure = at(770, 926, `
    ${dust(polygon('-80,0 80,0 -40,150 -260,150'), INK.night, { angle: 270, from: -0.4, strength: 1 })}
    ${solid(polygon('-52,-150 52,-150 44,0 8,0 0,-110 -10,0 -46,0'), INK.night)}
    ${solid(path('M-92 -110L-84 -360Q-74 -424 0 -428Q74 -424 84 -360L98 -110Q0 -80 -92 -110Z'), INK.teal,
      { shade: INK.night, angle: 180, from: 0.2, strength: 0.9 })}
    ${line(path('M0 -240V-96M-60 -246H60'), INK.night, 6)}
    ${line(path('M-72 -370Q-112 -290 -92 -210'), INK.pine, 44)}${solid(circle(-90, -196, 22), INK.clay)}
    ${line(path('M66 -380Q130 -352 176 -414'), INK.teal, 44)}${solid(circle(186, -428, 24), INK.clay)}
    ${solid(rect(-24, -462, 48, 50), INK.umber)}${solid(circle(0, -490, 54), INK.clay, { shade: INK.umber, angle: 180,
      from: 0.3 })}
    ${solid(path('M-55 -506L-50 -462Q0 -426 50 -462L55 -506Z'), INK.night)}
    ${solid(path('M-60 -506Q-58 -578 0 -580Q58 -578 60 -506Z'), INK.red, { shade: INK.brick, angle: 180, from: 0.4 })}
    ${solid(path('M-84 -512Q0 -540 84 -512Q92 -494 84 -492Q0 -520 -84 -492Q-92 -494 -84 -512Z'), INK.red)}
    ${solid(path('M-60 -530Q0 -548 60 -530V-512Q0 -534 -60 -512Z'), INK.night)}`)

  const lantern = at(958, 540, `
    ${line(path('M-40 -10Q0 -96 40 -10'), INK.night, 8)}${solid(path('M-36 0L-20 -26H20L36 0Z'), INK.night)}
    ${solid(rect(-34, 0, 68, 92, 8), INK.white, { shade: INK.gold, round: true, from: 0.2, strength: 1 })}
    ${line(path('M-34 0V92M34 0V92M0 0V92'), INK.night, 6)}${solid(rect(-44, 90, 88, 20, 5), INK.night)}`)

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.night)}
    ${solid(polygon(`${put(-1, -1.15, 0.5)} ${put(1, -1.15, 0.5)} ${put(1, -1.15, 9)} ${put(-1, -1.15, 9)}`),
      INK.umber, { shade: INK.night, angle: 90, from: 0.3, strength: 1 })}
    ${line(path(times(9, n => `M${put(-1 + n * 0.25, -1.15, 0.5)}L${put(-1 + n * 0.25, -1.15, 9)}`)), INK.night, 4)}
    ${line(path(times(9, n => `M${put(-1, 1.45, 0.8 + n)}L${put(1, 1.45, 0.8 + n)}`)), INK.umber, 9)}
    ${solid(polygon(`${put(-1, -1.15, 9)} ${put(1, -1.15, 9)} ${put(1, 1.45, 9)} ${put(-1, 1.45, 9)}`), INK.navy)}
    ${wall(-1)}${wall(1)}
    ${dust(rect(0, 0, 380, 1067), INK.night, { angle: 180, from: 0.1, strength: 1 })}
    ${dust(rect(1290, 0, 310, 1067), INK.night, { angle: 0, from: 0.1, strength: 0.95 })}
    ${dust(rect(0, 0, 1600, 300), INK.night, { angle: 270, from: 0.1, strength: 1 })}
    ${within(rect(0, 0, 1600, 1067), ladder)}
    ${dust(ellipse(900, 950, 400, 80), INK.gold, { round: true, strength: 0.8 })}
    ${dust(circle(958, 590, 560), INK.gold, { round: true, strength: 0.62 })}
    ${dust(circle(958, 590, 230), INK.white, { round: true, strength: 0.85 })}
    ${figure}${lantern}
  `
}
