// A white rocket with two side boosters rises from smoke beside its tower; a moon and a satellite.
import { INK, chance, circle, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const random = chance(9)
  const stars = (count, colour, size) => line(path(times(count, () => `M${(random() * 1600).toFixed()}
    ${(random() * 780).toFixed()}h0.1`)), colour, size)
  const crater = (x, y, r) => `${solid(circle(x, y, r), INK.sand)}
  ${solid(path(`M${x - r} ${y}A${r} ${r} 0 0 1 ${x + r * 0.7} ${y - r * 0.7}A${r * 1.2} ${r * 1.2} 0 0 0 ${x - r}
    ${y}Z`), INK.clay)}`
  const booster = x => at(x, 0, `
    ${solid(path('M-32 -270Q-30 -340 0 -380Q30 -340 32 -270V20H-32Z'),
      INK.gold, { shade: INK.umber, angle: 0, from: 0.35, strength: 0.9 })}
    ${solid(rect(-34, -200, 68, 18), INK.navy)}${solid(rect(-34, -60, 68, 40), INK.navy)}
    ${solid(polygon('-24,20 24,20 34,56 -34,56'), INK.night)}
    ${solid(path('M-30 56H30Q34 140 0 236Q-34 140 -30 56Z'), INK.red)}
    ${solid(path('M-16 56H16Q18 110 0 170Q-18 110 -16 56Z'), INK.gold)}`)
  const rocket = `
    ${booster(-98)}${booster(98)}
    ${solid(path('M-62 -430C-60 -560 -34 -640 0 -690C34 -640 60 -560 62 -430Z'),
      INK.red, { shade: INK.brick, angle: 0, from: 0.4, strength: 1 })}
    ${solid(rect(-62, -470, 124, 500), INK.white, { shade: INK.sand, angle: 0, from: 0.3, strength: 0.9 })}
    ${solid(path('M-62 -470C-61 -510 -58 -540 -54 -562H54C58 -540 61 -510 62 -470Z'), INK.cream)}
    ${solid(rect(-64, -320, 128, 44), INK.navy)}${solid(rect(-64, -120, 128, 16), INK.red)}
    ${solid(rect(-64, -92, 128, 16), INK.red)}${solid(rect(-64, -20, 128, 54), INK.navy)}
    ${line(path('M-60 -400H60M-60 -200H60'), INK.sand, 4)}
    ${solid(circle(0, -428, 25), INK.navy)}${solid(circle(0, -428, 16), INK.sage)}
    ${solid(circle(-5, -433, 5), INK.white)}
    ${dust(rect(10, -562, 54, 596), INK.navy, { angle: 0, from: 0, strength: 0.9 })}
    ${line(path('M-64 -240H-74M64 -240H74M-64 -40H-74M64 -40H74'), INK.night, 14)}
    ${solid(polygon('-46,34 46,34 64,80 -64,80'), INK.night)}
    ${solid(path('M-58 80H58Q76 220 0 400Q-76 220 -58 80Z'),
      INK.red, { shade: INK.gold, angle: 270, from: 0.3, strength: 1 })}
    ${solid(path('M-36 80H36Q44 180 0 300Q-44 180 -36 80Z'), INK.gold)}
    ${solid(path('M-16 80H16Q20 140 0 210Q-20 140 -16 80Z'), INK.white)}`
  const tower = `
    ${solid(path('M-50 0H-38V-700H-50ZM38 0H50V-700H38Z'), INK.night)}
    ${line(path(times(10, n => `M-44 ${-n * 70}L44 ${-n * 70 - 70}M44 ${-n * 70}L-44 ${-n * 70 - 70}M-44
      ${-n * 70 - 70}H44`)), INK.night, 7)}
    ${solid(rect(-64, -716, 128, 20), INK.night)}${line(path('M0 -716V-800'), INK.night, 7)}
    ${solid(circle(0, -806, 11), INK.red)}
    ${line(path('M-44 -560H-180M-44 -520L-150 -560M-44 -330H-150M-44 -290L-130 -330'), INK.night, 13)}
    ${solid(rect(-196, -586, 44, 44, 4), INK.gold)}
    ${solid(rect(-22, -640, 44, 50), INK.gold)}${solid(rect(-22, -430, 44, 50), INK.navy)}`
  const satellite = `
    ${solid(rect(-54, -62, 108, 124, 8), INK.gold, { shade: INK.ochre, angle: 0, from: 0.3, strength: 1 })}
    ${line(path('M-54 -20H54M-54 24H54'), INK.umber, 5)}
    ${line(path('M-90 0H-54M54 0H90'), INK.mist, 12)}
    ${[-262, 86].map(x => `${solid(rect(x, -46, 176, 92, 4), INK.blue)}
    ${line(path(`M${x} 0h176M${x + 44} -46v92M${x + 88} -46v92M${x + 132} -46v92`), INK.sage, 5)}`).join('')}
    ${dust(rect(86, -46, 176, 92), INK.night, { angle: 0, from: 0, strength: 0.9 })}
    ${solid(path('M-50 -64A50 42 0 0 1 50 -64Z'), INK.white, { shade: INK.sand, angle: 0, from: 0.4 })}
    ${line(path('M0 -106V-132'), INK.white, 7)}${solid(circle(0, -138, 10), INK.red)}`
  const puffs = (list, colour, options) => list.map(([x, y, r]) => solid(circle(x, y, r), colour, options)).join('')
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.teal, { shade: INK.night, angle: 270, from: 0.1, strength: 1 })}
    ${stars(120, INK.mist, 4)}${stars(24, INK.white, 8)}
    ${line(path('M-20 560Q620 20 1640 150M-20 760Q500 420 1640 660'),
      INK.sage, 4, 'stroke-dasharray="2 15" opacity="0.8"')}
    ${dust(circle(1180, 320, 400), INK.sage, { round: true, from: 0.4, strength: 0.7 })}
    ${solid(circle(1180, 320, 264), INK.cream, { shade: INK.ochre, angle: 50, from: 0.35, strength: 0.9 })}
    ${crater(1090, 230, 44)}${crater(1250, 330, 62)}${crater(1130, 400, 36)}${crater(1280, 190, 28)}
    ${crater(1200, 494, 30)}${crater(1380, 400, 24)}${crater(1010, 330, 22)}
    ${solid(path('M0 900Q260 820 520 880T1100 870T1600 850V1067H0Z'), INK.pine)}
    ${at(1046, 960, tower)}
    ${dust(circle(760, 880, 330), INK.gold, { round: true, from: 0.1, strength: 0.8 })}
    ${puffs([[130, 1010, 120], [330, 970, 110], [1190, 970, 120], [1380, 990, 130], [1560, 1020, 120], [510, 950, 100],
      [1010, 950, 96], [1100, 968, 90]], INK.sage, { shade: INK.teal, angle: 60, from: 0.3, strength: 0.9 })}
    ${at(760, 662, rocket, { scale: 0.84 })}
    ${puffs([[620, 970, 100], [900, 968, 102], [760, 1000, 110]],
      INK.clay, { shade: INK.red, angle: 270, from: 0.2, strength: 0.9 })}
    ${puffs([[40, 1070, 120], [220, 1050, 112], [400, 1050, 116], [560, 1050, 108], [700, 1078, 100], [840, 1078, 104],
      [980, 1050, 112], [1150, 1056, 110],
      [1310, 1060, 116], [1490, 1070, 130]], INK.white, { shade: INK.clay, angle: 70, from: 0.2, strength: 0.8 })}
    ${at(340, 260, satellite, { turn: -20 })}
  `
}
