// Workers with blank signs stand before the closed gate of a factory while the sun comes up.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const person = (x, y, scale, { coat, deep, skin, hat, hair, sign, turn, board = [-130, 210, 150] }) => {
    const [top, width, height] = board
    return at(x, y, `
      ${at(92, 60, `${line(path(`M0 90 V${top - 120}`), INK.umber, 15)}
        ${solid(rect(-width / 2, top - height - 90, width, height, 6), sign, {
          shade: sign === INK.cream ? INK.sand : deep, angle: 60, from: 0.3 })}
        ${solid(circle(0, top - height - 66, 6), INK.umber)}${solid(circle(0, top - 116, 6), INK.umber)}`, { turn })}
      ${solid(rect(-24, 26, 48, 60), skin)}
      ${solid(path('M-112 520 C-122 230 -118 120 -78 92 C-50 74 -36 66 -24 62 H24 C44 68 60 76 82 94 C116 124 122 ' +
        '230 112 520 Z'),
        coat, { shade: deep, angle: 10, from: 0.35, strength: 0.9 })}
      ${line(path('M0 130 V520'), deep, 4)}
      ${solid(circle(-56, 6, 13), skin)}${solid(circle(56, 6, 13), skin)}
      ${solid(circle(0, 0, 58), hair)}
      ${hat === 'helmet' ? `${solid(path('M-66 2 C-70 -86 70 -86 66 2 Z'), INK.gold, { shade: INK.ochre, angle: 0,
        from: 0.4 })}
        ${line(path('M-76 4 H76'), INK.ochre, 13)}${line(path('M0 -66 V0'), INK.ochre, 9)}` : ''}
      ${hat === 'wool' ? `${solid(path('M-62 10 C-66 -90 66 -90 62 10 Z'), INK.red)}
        ${solid(rect(-66, -8, 132, 30, 12), INK.brick)}
        ${solid(circle(0, -72, 17), INK.cream)}` : ''}
      ${hat === 'bun' ? solid(circle(0, -62, 27), hair) : ''}
      ${hat === 'cap' ? `${solid(path('M-62 8 C-68 -84 68 -84 62 8 Z'), INK.teal)}
        ${line(path('M-54 6 H54'), INK.pine, 9)}` : ''}
      ${hat === 'long' ? solid(path('M-58 -6 L-66 84 Q0 112 66 84 L58 -6 Z'), hair) : ''}
      ${line(path('M92 190 C118 220 132 190 104 132'), coat, 46)}
      ${solid(circle(96, 116, 27), skin)}${line(path('M80 108 h30 M80 120 h32'), INK.night, 3)}`, { scale })
  }
  const pillar = x => `${solid(rect(x, 470, 92, 420), INK.brick, { shade: INK.night, angle: 0, from: 0.2 })}
    ${times(10, n => line(path(`M${x + (n % 2) * 30} ${500 + n * 36} h60`), INK.umber, 4))}
    ${solid(rect(x - 12, 448, 116, 28, 4), INK.sand)}
    ${dust(circle(x + 46, 410, 110), INK.cream, { round: true, strength: 0.9 })}
    ${solid(circle(x + 46, 412, 30), INK.white)}${line(path(`M${x + 46} 448 v-8`), INK.night, 14)}`
  const shed = n => `M${130 + n * 224} 590 V${470} L${354 + n * 224} 380 V590 Z `
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.gold, { shade: INK.red, angle: 270, from: 0.12, strength: 1 })}
    ${dust(rect(0, 0, 1600, 420), INK.sage, { angle: 270, from: 0.1, strength: 0.9 })}
    ${solid(circle(800, 470, 250), INK.cream, { shade: INK.gold, angle: 90, from: 0.25, strength: 0.9 })}
    ${times(5, n => solid(rect([60, 440, 90, 1080, 1240][n], [110, 150, 240, 130, 300][n], 240 - n * 16, 12, 6),
      INK.cream))}
    ${times(3, n => `${solid(polygon(`${[210, 1130, 1310][n]},600 ${[222, 1140, 1322][n]},${[170, 230, 150][n]} ${
      [278, 1186, 1378][n]},${[170, 230, 150][n]} ${[290, 1196, 1390][n]},600`), INK.blue, { shade: INK.navy,
        angle: 0, from: 0.2 })}
      ${solid(rect([216, 1134, 1316][n], [186, 246, 166][n], [68, 58, 68][n], 22), INK.red)}
      ${solid(path(`M${[250, 1163, 1350][n]} ${[160, 220,
        140][n]} c-50 -40 20 -70 60 -60 c10 -50 120 -50 130 0 c60 10 40 60 -20 56 
        c-60 6 -110 -20 -170 4 z`), INK.mist)}`)}
    ${solid(path(times(6, shed)), INK.navy, { shade: INK.blue, angle: 270, from: 0.3 })}
    ${solid(rect(0, 560, 1600, 340), INK.navy, { shade: INK.night, from: 0.1 })}
    ${times(12, n => solid(rect(60 + n * 128, 604, 76, 60, 3), n % 5 === 2 ? INK.gold : INK.blue))}
    ${times(12, n => line(path(`M${98 + n * 128} 604 v60 M${60 + n * 128} 634 h76`), INK.navy, 5))}
    ${times(6, n => solid(path(`M${316 + n * 224} 490 v-74 l22 -9 v83 Z`), INK.gold))}
    ${solid(path('M600 900 V560 Q796 440 1000 560 V900 Z'), INK.gold, { shade: INK.red, from: 0.25, strength: 0.9 })}
    ${solid(path('M600 800 L760 690 H840 L1000 800 V900 H600 Z'), INK.brick)}
    ${times(2, n => `<g transform="translate(${n ? 1600 : 0} 0) scale(${n ? -1 : 1} 1)">
      ${line(path(`M620 900 V520 C680 520 740 490 796 560 V900 ${times(7,
        b => `M${646 + b * 24} 900 V${518 - (b > 2 ? 0 : -2)} `)}
      M620 640 H796 M620 800 H796`), INK.night, 10)}</g>`)}
    ${times(2, n => line(circle(708 + n * 184, 585, 28), INK.night, 8))}
    ${pillar(520)}${pillar(988)}
    ${dust(rect(0, 760, 1600, 307), INK.night, { from: 0, strength: 0.9 })}
    ${person(420, 690, 0.72, { coat: INK.blue, deep: INK.night, skin: INK.clay, hair: INK.umber, hat: 'long',
      sign: INK.cream, turn: -8 })}
    ${person(1150, 690, 0.72, { coat: INK.pine, deep: INK.night, skin: INK.umber, hair: INK.night, hat: 'cap',
      sign: INK.cream, turn: 7 })}
    ${person(785, 720, 0.78, { coat: INK.brick, deep: INK.night, skin: INK.sand, hair: INK.ochre, hat: 'bun',
      sign: INK.cream, turn: -3 })}
    ${person(200, 800, 0.96, { coat: INK.teal, deep: INK.pine, skin: INK.umber, hair: INK.night, hat: 'helmet',
      sign: INK.red, turn: 5 })}
    ${person(590, 820, 1, { coat: INK.navy, deep: INK.night, skin: INK.clay, hair: INK.umber, hat: 'helmet',
      sign: INK.cream, turn: 4 })}
    ${person(985, 830, 1, { coat: INK.sage, deep: INK.teal, skin: INK.umber, hair: INK.night, hat: 'bun',
      sign: INK.teal, turn: -6 })}
    ${person(1370, 800, 0.98, { coat: INK.blue, deep: INK.navy, skin: INK.sand, hair: INK.umber, hat: 'wool',
      sign: INK.cream, turn: 6 })}
    ${dust(ellipse(800, 1080, 900, 120), INK.night, { round: true, strength: 1 })}
  `
}
