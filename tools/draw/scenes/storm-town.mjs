// A small town on a coast under a swirling storm, its windows lit, a ladder truck on the quay.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(31)

  // An arm of the storm: a band between two spirals, flattened as a disc seen from below.
  const arm = (start, turns, reach, thick) => {
    const edge = (grow, from, to) => Array.from({ length: 61 }, (_, n) => {
      const t = from + (to - from) * n / 60
      const r = 44 + (reach + grow * Math.sin(t * Math.PI) * thick) * t ** 1.25
      const a = start + t * turns * 2 * Math.PI
      return `${(r * Math.cos(a)).toFixed(1)},${(r * 0.42 * Math.sin(a)).toFixed(1)}`
    })
    return polygon([...edge(1, 0, 1), ...edge(-1, 1, 0)].join(' '))
  }
  const storm = at(840, 300, `
    ${solid(ellipse(0, 0, 900, 400), INK.teal, { shade: INK.sage, round: true, from: 0.5, strength: 1 })}
    ${solid(arm(0.4, 1.15, 980, 190), INK.pine, { shade: INK.teal, angle: 200, from: 0.3 })}
    ${solid(arm(2.5, 1.15, 980, 190), INK.mist, { shade: INK.sage, angle: 60, from: 0.2 })}
    ${solid(arm(4.6, 1.15, 980, 190), INK.pine, { shade: INK.teal, angle: 20, from: 0.3 })}
    ${solid(arm(1.4, 1.05, 880, 90), INK.cream, { shade: INK.mist, angle: 90, from: 0.1 })}
    ${solid(arm(3.5, 1.05, 880, 80), INK.night)}
    ${solid(arm(5.6, 1.05, 880, 90), INK.cream, { shade: INK.sage, angle: 90, from: 0.1 })}
    ${solid(ellipse(0, 0, 92, 40), INK.night)}${solid(ellipse(0, 4, 62, 24), INK.navy)}`, { turn: -9 })

  const house = (x, wide, high, wall, roof, lit) => at(x, 860, `
    ${solid(polygon(`${-wide / 2},0 ${-wide / 2},${-high} 0,${-high - wide * 0.42} ${wide / 2},${-high}
      ${wide / 2},0`), wall)}
    ${solid(polygon(`${wide * 0.2},${-high - wide * 0.25} ${wide / 2},${-high} ${wide / 2},0 ${wide * 0.2},0`),
      INK.night)
      .replace('<polygon', '<polygon opacity="0.28"')}
    ${solid(polygon(`${-wide / 2 - 16},${-high + 12} 0,${-high - wide * 0.42 - 22} ${wide / 2 + 16},${-high + 12}
      ${wide / 2},${-high + 22} 0,${-high - wide * 0.42 + 4} ${-wide / 2},${-high + 22}`), roof)}
    ${times(Math.floor(high / 74), row => times(Math.floor(wide / 58), n => solid(
      rect(-wide / 2 + 20 + n * 58, -high + 26 + row * 74, 30, 40), (n * 3 + row * 5 + lit) % 4 ? INK.gold
        : INK.night)))}`)

  const tower = at(1395, 862, `
    ${solid(polygon('-52,0 -34,-360 34,-360 52,0'), INK.cream, { shade: INK.teal, angle: 0, from: 0.4 })}
    ${solid(polygon('-46,-120 46,-120 42,-190 -42,-190'), INK.red)}
      ${solid(polygon('-39,-260 39,-260 35,-330 -35,-330'), INK.red)}
    ${solid(rect(-46, -376, 92, 18), INK.night)}${solid(rect(-26, -430, 52, 56), INK.gold)}
    ${line(path('M0 -430v56'), INK.night, 6)}${solid(path('M-36 -428Q0 -486 36 -428Z'), INK.night)}`)

  const truck = at(545, 965, `
    ${dust(ellipse(20, 6, 330, 26), INK.night, { round: true, strength: 1 })}
    ${at(-120, -146, `${line(path('M0 0H640M0 -34H640'), INK.cream, 9)}
      ${line(path(times(17, n => `M${20 + n * 37} 0v-34`)), INK.cream, 6)}
      ${line(path('M60 8H360M60 -42H360'), INK.gold, 8)}`, { turn: -34 })}
    ${solid(path('M-260 -40V-128H110V-40Z'), INK.red, { shade: INK.brick, from: 0.3 })}
    ${solid(path('M118 -30V-170H212Q236 -168 252 -116L270 -96V-30Z'), INK.red, { shade: INK.brick, angle: 40,
      from: 0.4 })}
    ${solid(path('M140 -152H204Q220 -150 232 -106H140Z'), INK.mist)}${line(path('M186 -152v46'), INK.red, 8)}
    ${solid(rect(-270, -50, 540, 22, 6), INK.night)}${solid(rect(-250, -104, 350, 12), INK.cream)}
    ${solid(rect(-160, -160, 80, 36, 6), INK.night)}${solid(rect(160, -188, 36, 20, 6), INK.gold)}
    ${dust(circle(178, -178, 90), INK.gold, { round: true, strength: 0.8 })}
    ${dust(polygon('268,-80 268,-56 560,10 560,-60'), INK.gold, { angle: 180, from: 0, strength: 0.9 })}
    ${times(3, n => `${solid(circle([-186, -60, 190][n], -22, 42), INK.night)}
      ${solid(circle([-186, -60, 190][n], -22, 18), INK.sage)}`)}`)

  return `
    ${solid(rect(0, 0, 1600, 1067), INK.sage, { shade: INK.pine, angle: 270, from: 0.2, strength: 1 })}
    ${storm}
    ${solid(path('M0 742H1600V1067H0Z'), INK.teal, { shade: INK.pine, from: 0 })}
    ${line(path(times(22, n => `M${1080 + (n % 4) * 140 + random() * 60}
      ${770 + Math.floor(n / 4) * 50 + random() * 14}q16 -18 32 0t32 0`)), INK.mist, 6)}
    ${solid(path('M0 790Q160 700 330 720T760 740Q1040 770 1120 860L1180 1067H0Z'), INK.pine)}
    ${solid(path('M1270 880Q1300 838 1390 842T1520 884L1540 920H1240Z'), INK.night)}${tower}
    ${dust(polygon('1395,458 640,330 640,470'), INK.gold, { angle: 0, from: 0, strength: 0.85 })}
    ${house(110, 190, 150, INK.clay, INK.umber, 1)}${house(300, 170, 250, INK.sand, INK.brick, 2)}
    ${house(700, 170, 240, INK.clay, INK.night, 5)}${house(480, 230, 170, INK.mist, INK.navy, 4)}
    ${house(890, 210, 160, INK.sand, INK.brick, 3)}${house(1042, 120, 110, INK.mist, INK.navy, 7)}
    ${solid(path('M0 856H1080Q1150 860 1180 910L1230 1067H0Z'), INK.navy, { shade: INK.night, from: 0.1 })}
    ${line(path('M40 1024H1140'), INK.gold, 8, 'stroke-dasharray="70 60"')}
    ${truck}
    ${within(rect(0, 0, 1600, 1067), line(path(times(90, () => {
      const [x, y] = [random() * 1750, random() * 1067]
      return `M${x.toFixed()} ${y.toFixed()}l-26 62`
    })), INK.mist, 3, 'opacity="0.55"'))}
  `
}
