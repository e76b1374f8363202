// An evening in a town hall: citizens on folding chairs, one at the microphone, three council members in front.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const lamp = x => at(0, -32, `${line(path(`M${x} 0V96`), INK.night, 6)}
    ${solid(path(`M${x - 78} 172C${x - 70} 120 ${x - 30} 92 ${x} 92S${x + 70} 120 ${x + 78} 172Z`), INK.red,
      { shade: INK.brick, angle: 0, from: 0.3, strength: 1 })}${solid(ellipse(x, 174, 60, 15), INK.white)}`)
  const glow = x => dust(polygon(`${x - 70},142 ${x + 70},142 ${x + 220},690 ${x - 220},690`), INK.cream,
    { angle: 270, from: -0.05, strength: 0.8 })
  const window = (x, moon) => `${solid(rect(x - 96, 196, 192, 290, 6), INK.cream)}
    ${solid(rect(x - 82, 210, 164, 262), INK.navy, { shade: INK.night, angle: 270, from: 0.2 })}
    ${within(rect(x - 82, 210, 164, 262), `${moon ? solid(circle(x + 34, 268, 26), INK.gold)
      :
        solid(path(`M${x - 44} 258l4 -9 4 9 9 4-9 4-4 9-4-9-9-4ZM${x + 44} 296l3 -7 3 7 7 3-7 3-3 7-3-7-7-3Z`), INK.cream)}
      ${solid(path(`M${x - 90} 480V420L${x - 50} 388L${x - 10} 420V440H${x + 30}V400L${x + 60} 376L${x + 90} 400V480Z`),
      INK.night)}${solid(rect(x - 60, 430, 18, 22), INK.gold)}${solid(rect(x + 52, 416, 16, 22), INK.gold)}`)}
    ${line(path(`M${x} 210V472M${x - 82} 336H${x + 82}`), INK.cream, 9)}
    ${solid(rect(x - 112, 484, 224, 18, 4), INK.sand)}`
  // A council member behind the table, seen from the front.
  const member = (x, skin, hair, coat, deep, style) => at(x, 470, `
    ${solid(path('M-84 130C-84 50 -52 22 0 22S84 50 84 130Z'), coat, { shade: deep, angle: 0, from: 0.35, strength: 1 })}
    ${solid(polygon('-24,22 24,22 0,84'), INK.white)}
    ${style === 'tie' ? solid(polygon('-7,40 7,40 11,96 0,108 -11,96'), INK.red) : ''}
    ${style === 'bob' ? solid(path('M-58 30C-66 -70 -34 -88 0 -88S66 -70 58 30Z'), hair) : ''}
    ${style === 'bun' ? solid(circle(0, -86, 26), hair) : ''}
    ${solid(rect(-15, -6, 30, 42, 12), skin)}${solid(ellipse(0, -26, 42, 50), skin,
      { shade: skin === INK.umber ? INK.night : INK.clay, angle: 180, from: 0.35, strength: skin === INK.umber ? 0.4 : 0.8 })}
    ${solid(style === 'tie' ? path(`M-45 -30C-50 -84 -20 -90 4 -88
      C40 -86 48 -56 45 -30C40 -54 20 -60 -10 -58C-30 -56 -40 -46 -45 -30Z`)
      : path('M-46 -24C-50 -76 -22 -84 0 -84S50 -76 46 -24C36 -46 20 -58 -8 -62C-22 -56 -38 -44 -46 -24Z'), hair)}
    ${solid(path('M-9 -28a5 5 0 1 0 .1 0ZM24 -28a5 5 0 1 0 .1 0Z'), INK.night)}
    ${line(path('M-4 2Q7 7 17 2'), INK.night, 4)}`)
  // A folding chair from behind; with a citizen when a skin is said.
  const chair = (x, y, scale, skin, hair, coat, deep, style) => at(x, y, `
    ${skin ? `${solid(path('M-96 20C-98 -84 -62 -116 0 -116S98 -84 96 20Z'), coat,
      { shade: deep, angle: 0, from: 0.3, strength: 1 })}
      ${solid(rect(-20, -146, 40, 44, 14), skin)}${solid(circle(-54, -176, 12), skin)}${solid(circle(54, -176, 12), skin)}
      ${solid(ellipse(0, -180, 54, 60), hair, { shade: INK.night, angle: 30, from: 0.5, strength: 0.5 })}
      ${style === 'hat' ? `${solid(path('M-56 -196C-56 -262 56 -262 56 -196Z'), INK.gold)}
        ${solid(ellipse(0, -192, 94, 17), INK.ochre)}
        ${solid(path('M-56 -206Q0 -192 56 -206V-194Q0 -180 -56 -194Z'), INK.brick)}` : ''}
      ${style === 'bun' ? solid(circle(0, -238, 30), hair) : ''}
      ${style === 'long' ? solid(path('M-58 -186C-56 -250 56 -250 58 -186L66 -84Q0 -64 -66 -84Z'), hair) : ''}
      ${style === 'bald' ? solid(path('M-50 -196C-44 -254 44 -254 50 -196Q0 -176 -50 -196Z'), skin) : ''}` : ''}
    ${line(path('M-84 -40L-92 190M84 -40L92 190M-88 120H88'), INK.night, 11)}
    ${solid(rect(-92, 70, 184, 26, 8), INK.night)}
    ${solid(path('M-98 -52Q0 -72 98 -52L92 44Q0 28 -92 44Z'), INK.pine, { shade: INK.night, angle: 40, from: 0.3 })}
    ${line(path('M-84 -42Q0 -60 84 -42'), INK.teal, 6)}`, { scale })
  return `
    ${solid(rect(0, 0, 1600, 700), INK.sage, { shade: INK.teal, angle: 270, from: 0.35, strength: 0.9 })}
    ${glow(320)}${glow(700)}${glow(1080)}
    ${window(170, true)}${window(1430)}
    ${solid(rect(0, 560, 1600, 130), INK.teal, { shade: INK.pine, from: 0.1, strength: 1 })}
    ${line(path(`M0 564H1600${times(20, n => `M${40 + n * 80} 582V680`)}`), INK.pine, 6)}
    ${solid(rect(0, 684, 1600, 383), INK.gold, { shade: INK.umber, from: 0.15, strength: 0.9 })}
    ${line(path(times(17, n => `M${n * 100} 690L${800 + (n - 8) * 210} 1067`)), INK.ochre, 4)}
    ${solid(circle(700, 278, 76), INK.night)}
    ${solid(circle(700, 278, 63), INK.white, { shade: INK.sand, angle: 50, from: 0.4 })}
    ${times(12, n => at(700, 278, line(path('M0 -54V-46'), INK.navy, 5), { turn: n * 30 }))}
    ${line(path('M700 278L672 294'), INK.navy, 10)}
    ${line(path('M700 278V236'), INK.navy, 7)}${solid(circle(700, 278, 8), INK.red)}
    ${member(470, INK.umber, INK.night, INK.navy, INK.night, 'bun')}
    ${member(700, INK.sand, INK.umber, INK.blue, INK.navy, 'tie')}
    ${member(930, INK.clay, INK.brick, INK.pine, INK.night, 'bob')}
    ${dust(ellipse(710, 752, 430, 34), INK.umber, { round: true, from: 0.4, strength: 1 })}
    ${solid(rect(340, 592, 720, 156), INK.brick, { shade: INK.umber, from: 0.1, strength: 1 })}
    ${solid(rect(320, 574, 760, 30, 6), INK.umber)}${solid(rect(320, 574, 760, 9, 4), INK.clay)}
    ${times(3, n => `${solid(rect(412 + n * 230, 622, 116, 40, 3), INK.cream)}
      ${line(path(`M${430 + n * 230} 642h80`), INK.navy, 7)}
      ${solid(polygon(`${510 + n * 230},570 ${570 + n * 230},570 ${578 + n * 230},576 ${504 + n * 230},576`), INK.white)}
      ${line(path(`M${470 + n * 230} 574q-14 -20 -2 -34`), INK.night, 5)}
      ${solid(circle(468 + n * 230, 536, 9), INK.night)}`)}
    ${lamp(320)}${lamp(700)}${lamp(1080)}
    ${chair(150, 800, 0.72)}
    ${chair(330, 800, 0.72, INK.clay, INK.umber, INK.navy, INK.night, 'bun')}
    ${chair(510, 800, 0.72, INK.umber, INK.night, INK.cream, INK.clay)}
    ${chair(690, 800, 0.72)}
    ${chair(870, 800, 0.72, INK.clay, INK.umber, INK.teal, INK.pine, 'bald')}
    ${chair(1400, 800, 0.72, INK.clay, INK.night, INK.blue, INK.navy, 'hat')}
    ${chair(1560, 800, 0.72)}
    ${dust(ellipse(1180, 930, 190, 28), INK.night, { round: true, from: 0.3, strength: 1 })}
    ${line(path('M1064 922L1076 500L1110 470'), INK.night, 10)}${solid(ellipse(1064, 926, 48, 12), INK.night)}
    ${at(1116, 464, `${solid(rect(-15, -34, 30, 58, 15), INK.night)}${line(path('M-10 -18H10M-10 -6H10'), INK.sage, 4)}`, { turn: 50 })}
    ${at(1200, 470, `${solid(path('M-66 260L-54 452H-6L0 300L8 452H56L66 260Z'), INK.navy,
      { shade: INK.night, angle: 0, from: 0.3 })}
      ${solid(path('M-66 440H-4V466H-74Q-78 446 -66 440ZM6 440H66Q78 446 74 466H6Z'), INK.night)}
      ${solid(path('M-92 300C-92 120 -96 40 -62 12Q0 -10 62 12C96 40 94 120 92 300Q0 322 -92 300Z'), INK.red,
        { shade: INK.brick, angle: 0, from: 0.3, strength: 1 })}
      ${line(path('M0 30V306'), INK.brick, 5)}${line(path('M64 70C74 130 72 180 70 230'), INK.brick, 6)}
      ${line(path('M-70 60C-104 90 -128 120 -140 108L-150 60'), INK.red, 40)}${solid(circle(-150, 44, 22), INK.umber)}
      ${solid(rect(-20, -24, 40, 40, 12), INK.umber)}${solid(circle(-53, -54, 11), INK.umber)}
      ${solid(ellipse(0, -62, 52, 58), INK.night)}
      ${solid(path('M-40 2Q0 24 40 2L46 22Q0 44 -46 22Z'), INK.cream)}
      ${solid(polygon('52,190 108,170 122,252 66,270'), INK.white)}${line(path('M70 204L104 192M74 224L108 212'), INK.blue, 5)}
      ${solid(circle(72, 236, 20), INK.umber)}`)}
    ${chair(70, 1010, 1.12, INK.sand, INK.brick, INK.pine, INK.night, 'long')}
    ${chair(330, 1010, 1.12)}
    ${chair(590, 1010, 1.12, INK.clay, INK.night, INK.gold, INK.ochre, 'hat')}
    ${chair(850, 1010, 1.12, INK.umber, INK.night, INK.navy, INK.night, 'bun')}
    ${chair(1500, 1010, 1.12, INK.umber, INK.night, INK.cream, INK.clay)}
  `
}
