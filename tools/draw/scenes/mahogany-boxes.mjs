// Two pages carry strapped mahogany boxes up the aisle of a chamber, to tellers who read a sealed certificate.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(18)
  const [X, Y] = [1000, 400]
  const SKIN = [INK.umber, INK.clay, INK.sand]
  const on = (r, degrees) => {
    const a = degrees * Math.PI / 180
    return [X + r * Math.cos(a), Y + r * 0.6 * Math.sin(a)]
  }
  const spot = (r, degrees) => on(r, degrees).map(v => v.toFixed(1)).join(' ')

  // A member at a desk, seen from behind.
  const member = (x, y, scale) => {
    const [skin, hair] = [SKIN[Math.floor(random() * 3)], random()]
    const coat = [INK.navy, INK.pine, INK.night, INK.navy, INK.teal][Math.floor(random() * 5)]
    return at(x.toFixed(1), y.toFixed(1), `${solid(rect(-8, -50, 16, 22), skin)}${solid(circle(0, -64, 22), skin)}
      ${solid(path(hair < 0.35 ? 'M-25 -38V-66A25 25 0 0 1 25 -66V-38Q0 -28 -25 -38Z'
        : 'M-23 -60A23 25 0 0 1 23 -60Q10 -48 0 -48T-23 -60Z'),
      hair < 0.15 ? INK.mist : hair < 0.6 ? INK.night : hair < 0.8 ? INK.umber : INK.sand)}
      ${solid(path('M-46 26V-8Q-44 -38 -10 -40H10Q44 -38 46 -8V26Z'), coat)}
      ${line(path('M12 -39Q43 -36 45 -8'), INK.gold, 4, 'opacity="0.8"')}`, { scale: scale.toFixed(3) })
  }
  // A bench: the desk beyond, the members, and the back of their seats on this side.
  const bench = (r, from, to, heads) => {
    const size = 0.5 + r / 1500
    const rail = path(`M${spot(r, from)}A${r} ${r * 0.6} 0 0 ${to > from ? 1 : 0} ${spot(r, to)}`)
    const face = high => {
      const [[x1, y1], [x2, y2]] = [on(r, from), on(r, to)]
      const sweep = to > from ? 1 : 0
      return path(`M${x1.toFixed(1)} ${y1.toFixed(1)}A${r} ${r * 0.6} 0 0 ${sweep} ${x2.toFixed(1)} ${y2.toFixed(1)}
        v${-high}A${r} ${r * 0.6} 0 0 ${1 - sweep} ${x1.toFixed(1)} ${(y1 - high).toFixed(1)}Z`)
    }
    return `${times(heads, n => {
        const [x, y] = on(r - 38, from + (to - from) * (n + 0.5) / heads)
        return random() < 0.08 ? '' : member(x, y - 30 * size, size)
      })}
      ${solid(face((52 * size).toFixed(1)), INK.umber, { shade: INK.night, from: 0.1, strength: 0.8 })}
      ${at(0, (-52 * size).toFixed(1), line(rail, INK.ochre, 9 * size))}
      ${times(heads + 1, n => {
        const [x, y] = on(r, from + (to - from) * n / heads)
        return line(path(`M${x.toFixed(1)} ${(y - 5).toFixed(1)}v${(-40 * size).toFixed(1)}`), INK.night, 3)
      })}`
  }
  const rows = [[400, 5, 2], [545, 7, 2], [700, 8, 2], [870, 9, 3], [1070, 9, 0]]
    .map(([r, right, left]) => bench(r, 6, 86 - r / 1070, right) + (left ? bench(r, 176, r < 600 ? 150 : 154, left) : '')).join('')

  const box = `
    ${solid(polygon('-110,-150 -76,-184 134,-184 110,-150'), INK.clay, { shade: INK.umber, angle: 180, from: 0.3 })}
    ${solid(polygon('110,-150 134,-184 134,-32 110,0'), INK.night)}
    ${solid(rect(-110, -150, 220, 150, 4), INK.umber, { shade: INK.brick, angle: 330, from: 0.1, strength: 0.9 })}
    ${line(path('M-110 -104H110'), INK.night, 5)}
    ${line(path('M-86 -126H86M-86 -22H86V-84H-86Z'), INK.clay, 3, 'opacity="0.6"')}
    ${[-58, 58].map(x => `${solid(polygon(`${x - 13},-150 ${x + 13},-150 ${x + 45},-184 ${x + 19},-184`), INK.cream)}
      ${solid(rect(x - 13, -150, 26, 150), INK.sand)}${solid(rect(x - 19, -116, 38, 30, 4), INK.gold)}
      ${solid(rect(x - 8, -108, 16, 14), INK.umber)}`).join('')}
    ${solid(path('M-110 -24V0H-84ZM110 -24V0H84ZM-110 -126V-150H-84ZM110 -126V-150H84Z'), INK.gold)}
    ${solid(rect(-15, -118, 30, 36, 5), INK.gold)}${solid(path('M-4 -96L-6 -86H6L4 -96Z'), INK.night)}
    ${solid(circle(0, -100, 5), INK.night)}`

  const page = (skin, hair, jacket, bun) => `
    ${dust(polygon('-90,4 70,-6 -190,84 -330,70'), INK.night, { angle: 0, from: -0.2, strength: 0.9 })}
    ${solid(path('M-34 -220L-96 -22L-112 -2L-62 12L-54 -6L24 -190Z'), INK.night)}
    ${solid(path('M-30 -220H44L70 -16H110V4H30L0 -140Z'), INK.navy)}
    ${solid(path('M-48 -190Q-62 -330 -36 -392Q0 -420 40 -392Q64 -320 52 -184Z'),
      jacket, { shade: INK.night, angle: 180, from: 0.3, strength: 0.9 })}
    ${solid(polygon('14,-404 44,-392 58,-330 40,-340'), INK.white)}
    ${solid(polygon('44,-388 56,-352 60,-300 46,-342'), INK.red)}
    ${solid(rect(-16, -428, 38, 36), skin)}${solid(path(
      'M-34 -470A44 46 0 0 1 52 -470L60 -446L50 -442Q48 -414 20 -414Q-34 -420 -34 -470Z'), skin)}
    ${bun ? solid(circle(-46, -480, 24), hair) : ''}
    ${solid(path('M-38 -440Q-52 -520 10 -522Q54 -520 54 -476Q20 -486 4 -470Q2 -440 -14 -424Q-30 -424 -38 -440Z'), hair)}
    ${at(168, -190, box)}
    ${line(path('M-4 -366Q-16 -290 24 -246L96 -200'), INK.night, 56)}
    ${line(path('M-4 -366Q-16 -290 24 -246L92 -202'), jacket, 48)}
    ${solid(rect(84, -222, 24, 48, 6), INK.white)}${solid(ellipse(122, -194, 28, 21), skin)}`

  const teller = (x, skin, hair, coat, tie) => at(x, 300, `
    ${solid(path('M-48 40V-50Q-46 -84 -14 -88H14Q46 -84 48 -50V40Z'), coat)}
    ${solid(polygon('-16,-88 16,-88 0,-36'), INK.white)}${solid(polygon('-5,-78 5,-78 6,-40 0,-32 -6,-40'), tie)}
    ${solid(rect(-10, -104, 20, 22), skin)}${solid(ellipse(0, -122, 25, 29), skin)}
    ${solid(path('M-28 -118Q-34 -156 0 -158Q34 -156 28 -118Q22 -140 0 -140T-28 -118Z'), hair)}`)
  const seal = at(38, 38, `${solid(path('M-12 8L-20 50L-6 42L2 52L10 8Z'), INK.brick)}
    ${solid(polygon(times(24, n => `${((n % 2 ? 20 : 25) * Math.cos(n * Math.PI / 12)).toFixed(1)},${
      ((n % 2 ? 20 : 25) * Math.sin(n * Math.PI / 12)).toFixed(1)} `).trim()), INK.red)}
    ${line(circle(0, 0, 12), INK.brick, 4)}`)
  const certificate = at(X, 258, `${dust(circle(0, 10, 150), INK.gold, { round: true, strength: 0.8 })}
    ${solid(rect(-70, -52, 140, 126, 3), INK.white)}${line(rect(-61, -43, 122, 108), INK.gold, 4)}
    ${line(path('M-34 -24H34M-46 -2H46M-46 16H46M-46 34H2M-46 52Q-34 38 -26 52T-8 50'), INK.navy, 4)}${seal}
    ${solid(ellipse(-72, 42, 13, 18), INK.umber)}${solid(ellipse(72, 42, 13, 18), INK.umber)}`)
  const column = x => `${solid(rect(x - 34, 40, 68, 380), INK.sand,
      { shade: INK.umber, angle: x < X ? 180 : 0, from: 0.1 })}
    ${line(path(`M${x - 16} 62V400M${x} 62V400M${x + 16} 62V400`), INK.ochre, 4)}
    ${solid(rect(x - 48, 26, 96, 26, 4), INK.cream)}${solid(rect(x - 46, 380, 92, 40), INK.clay)}`
  const rostrum = `
    ${solid(path(`M${X - 80} 330V90Q${X} 20 ${X + 80} 90V330Z`), INK.umber)}
    ${solid(path(`M${X - 60} 330V102Q${X} 44 ${X + 60} 102V330Z`), INK.ochre)}
    ${teller(X - 226, INK.sand, INK.umber, INK.pine, INK.gold)}
    ${teller(X - 116, INK.clay, INK.night, INK.navy, INK.red)}
    ${teller(X + 116, INK.sand, INK.mist, INK.night, INK.red)}
    ${teller(X + 226, INK.umber, INK.night, INK.teal, INK.gold)}
    ${teller(X, INK.umber, INK.night, INK.navy, INK.red)}${certificate}
    ${solid(path(`M${X - 300} 352H${X + 300}V470Q${X} 520 ${X - 300} 470Z`), INK.umber,
      { shade: INK.night, from: 0.4 })}
    ${times(6, n => line(rect(X - 276 + n * 94, 384, 80, 76), INK.clay, 4))}
    ${solid(rect(X - 318, 334, 636, 24, 5), INK.gold, { shade: INK.ochre, from: 0.3 })}`

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.brick, { shade: INK.night, angle: 200, from: 0.3, strength: 0.9 })}
    ${times(9, n => solid(rect(30 + n * 180, 70, 120, 250, 60), n > 3 && n < 7 ? INK.brick : INK.night)
      .replace('<rect', '<rect opacity="0.4"'))}
    ${times(10, n => n > 3 && n < 7 ? '' : solid(path(`M${-16 + n * 180} 178h32l-8 36h-16Z`), INK.gold)
      + dust(circle(n * 180, 170, 70), INK.gold, { round: true, strength: 0.6 }))}
    ${solid(rect(0, 0, 1600, 30), INK.umber)}${solid(rect(0, 30, 1600, 8), INK.gold)}
    ${solid(path(`M${X - 330} 38H${X + 330}V420H${X - 330}Z`), INK.red, { shade: INK.brick, round: true, from: 0.3 })}
    ${line(path(times(15, n => `M${X - 300 + n * 43} 40V400`)), INK.brick, 7)}
    ${[-350, 350].map(d => column(X + d)).join('')}
    ${solid(path('M0 400H1600V1067H0Z'), INK.navy, { shade: INK.night, from: 0.1 })}
    ${within(rect(0, 400, 1600, 667), [1010, 800, 620, 470].map((r, n) =>
      solid(ellipse(X, Y, r, r * 0.6), n % 2 ? INK.navy : INK.night)).join(''))}
    ${solid(rect(0, 388, 1600, 16), INK.umber)}
    ${solid(path('M800 470L1000 540C960 760 900 900 840 1067H-40V830C300 760 640 640 800 470Z'),
      INK.gold, { shade: INK.brick, angle: 125, from: 0.2, strength: 0.9 })}
    ${line(path('M786 486C630 650 300 780 -40 852M984 560C944 770 880 910 812 1067'), INK.cream, 7)}
    ${within(rect(0, 404, 1600, 400), solid(ellipse(X, 430, 350, 146), INK.umber)
      + solid(ellipse(X, 416, 350, 142), INK.sand, { shade: INK.ochre, round: true, from: 0.5 }))}
    ${rostrum}
    ${dust(polygon(`${X - 60},40 ${X + 60},40 ${X + 330},480 ${X - 330},480`), INK.gold,
      { angle: 270, from: -0.6, strength: 0.75 })}
    ${solid(path(`M${X - 70} 62Q${X} -10 ${X + 70} 62Z`), INK.night)}${solid(ellipse(X, 62, 70, 12), INK.white)}
    ${within(rect(0, 0, 1600, 1067), rows)}
    ${at(690, 852, page(INK.umber, INK.night, INK.blue, true), { scale: 0.82 })}
    ${at(286, 1010, page(INK.sand, INK.brick, INK.blue, false), { scale: 1.06 })}
  `
}
