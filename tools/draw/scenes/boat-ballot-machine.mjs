// A rowing boat with polling officers carries a voting machine across a lake under mountains.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(14)
  const peak = (x, foot, wide, high, body, shade, snow) => at(x, foot, `
    ${solid(polygon(`${-wide},0 ${-wide * 0.46},${-high * 0.5} ${-wide * 0.3},${-high * 0.46} 0,${-high}
      ${wide * 0.28},${-high * 0.62} ${wide * 0.44},${-high * 0.58} ${wide},0`), body, { shade, angle: 60,
        from: 0.3 })}
    ${solid(polygon(`0,${-high} ${wide * 0.28},${-high * 0.62} ${wide * 0.44},${-high * 0.58} ${wide},0
      ${wide * 0.34},0 ${wide * 0.16},${-high * 0.4} ${wide * 0.02},${-high * 0.54}`), shade)}
    ${snow ? solid(polygon(`0,${-high} ${-wide * 0.2},${-high * 0.642} ${-wide * 0.12},${-high * 0.68}
      ${-wide * 0.06},${-high * 0.56} ${wide * 0.02},${-high * 0.66} ${wide * 0.09},${-high * 0.58}
        ${wide * 0.14},${-high * 0.7} ${wide * 0.24},${-high * 0.67}`), INK.white) : ''}`)

  // A sitting rower or officer, in profile to the right; the seat is the origin.
  const person = (x, skin, coat, deep, head, lean = 0) => at(x, 700, `
    ${solid(path('M-40 0Q-10 -50 70 -46Q100 -44 104 30H60L40 10H-40Z'), INK.night)}
    ${solid(path('M-52 14L-46 -150Q-40 -196 6 -196Q50 -194 54 -150L58 10Q0 30 -52 14Z'), coat, { shade: deep,
      angle: 180, from: 0.3, strength: 0.9 })}
    ${solid(rect(-14, -218, 36, 40), skin)}${solid(circle(8, -248, 46), skin)}${solid(circle(54, -244, 9), skin)}
      ${head}`, { turn: lean })
  const turban = (colour, deep) => `${solid(path('M-42 -254Q-46 -312 8 -314Q64 -312 58 -262Q10 -284 -42 -254Z'),
    colour)}
    ${line(path('M-36 -262Q20 -302 50 -276M-30 -290Q20 -310 44 -296'), deep, 6)}`
  const bun = `${solid(path('M-38 -226Q-56 -300 8 -300Q48 -298 54 -264Q10 -270 -4 -218Z'), INK.night)}
    ${solid(circle(-44, -266, 24), INK.night)}
    ${solid(circle(-2, -232, 6), INK.gold)}`
  const cap = colour => `${solid(path(`M-40 -236Q-44 -300 8 -300Q54 -296 54 -262L84 -256V-246L-2 -256Q-8 -230 -30
    -222Z`), colour)}${solid(path('M-40 -246L-6 -258Q-4 -230 -26 -216Q-40 -226 -40 -246Z'), INK.night)}`
  const oar = (x, turn) => at(x, 616, `${line(path('M0 -70V210'), INK.sand, 13)}
    ${solid(path('M-22 190Q0 160 22 190L26 300Q0 326 -26 300Z'), INK.red, { shade: INK.brick, from: 0.4 })}`,
      { turn })

  const machine = at(806, 560, `
    ${dust(ellipse(0, 20, 260, 200), INK.white, { round: true, strength: 0.6 })}
    ${line(path('M-44 -88v-26q0 -18 18 -18h52q18 0 18 18v26'), INK.night, 13)}
    ${solid(rect(-110, -90, 220, 226, 14), INK.white, { shade: INK.sand, angle: 30, from: 0.4, strength: 1 })}
    ${line(rect(-110, -90, 220, 226, 14), INK.navy, 7)}${solid(rect(-92, -74, 184, 34, 6), INK.navy)}
    ${times(4, n => `${line(path(`M-84 ${-8 + n * 38}h72`), INK.navy, 9)}${solid(circle(18, -8 + n * 38, 9), n === 1
      ? INK.red : INK.sage)}
      ${solid(rect(42, -21 + n * 38, 50, 26, 13), INK.blue)}`)}`)

  const boat = `
    ${person(420, INK.clay, INK.gold, INK.ochre, turban(INK.red, INK.brick), -6)}
    ${person(640, INK.umber, INK.red, INK.brick, bun)}${person(960, INK.clay, INK.cream, INK.clay, cap(INK.red))}
    ${person(1160, INK.umber, INK.sage, INK.teal, turban(INK.cream, INK.clay), -6)}
    ${machine}
    ${line(path('M638 560Q660 640 716 610'), INK.brick, 34)}${solid(circle(720, 608, 18), INK.umber)}
    ${line(path('M956 560Q930 640 892 616'), INK.sand, 34)}${solid(circle(890, 612, 18), INK.clay)}
    ${line(path('M1144 560Q1172 640 1230 618'), INK.teal, 34)}${line(path('M404 560Q430 640 490 618'), INK.ochre, 34)}
    ${solid(path('M170 610Q260 690 420 694H1190Q1350 690 1450 600Q1440 760 1290 836H350Q210 780 170 610Z'), INK.brick,
      { shade: INK.night, from: 0.35, strength: 0.8 })}
    ${solid(path('M164 604Q260 680 420 688H1190Q1350 684 1456 594L1452 630Q1350 716 1190 720H420Q260 716 172 640Z'),
      INK.clay)}
    ${line(path('M206 700Q300 762 430 768H1190Q1320 762 1412 700'), INK.umber, 7)}
    ${oar(502, 20)}${oar(1244, 20)}${solid(circle(500, 616, 19), INK.clay)}${solid(circle(1242, 616, 19), INK.umber)}`

  return `
    ${solid(rect(0, 0, 1600, 620), INK.sand, { shade: INK.gold, angle: 270, from: 0.1, strength: 0.9 })}
    ${solid(circle(1190, 250, 130), INK.red)}
    ${solid(path(`M150 120h240q-18 -40 -64 -30q-24 -44 -78 -20q-60 0 -98 50ZM1330 150h200q-18 -34 -58 -26q-24 -36 -70
      -16q-44 0 -72 42Z`), INK.cream)}
    ${peak(1330, 600, 460, 330, INK.sage, INK.teal, true)}${peak(180, 600, 440, 360, INK.sage, INK.teal, true)}
    ${peak(700, 610, 560, 520, INK.blue, INK.navy, true)}${peak(1080, 610, 330, 260, INK.blue, INK.navy, true)}
    ${solid(path('M0 560Q120 500 260 540T560 570T900 556T1260 560T1600 520V640H0Z'), INK.pine)}
    ${solid(rect(0, 600, 1600, 467), INK.teal, { shade: INK.pine, from: 0.3, strength: 1 })}
    ${dust(polygon('300,600 1100,600 780,860 620,860'), INK.navy, { angle: 270, from: 0, strength: 0.9 })}
    ${line(path(times(16, n => `M${1080 + random() * 130 - n * 3} ${616 + n * 28}h${60 + random() * 90}`)), INK.red,
      7)}
    ${line(path(times(30, () => `M${(random() * 1600).toFixed()}
      ${(630 + random() * 400).toFixed()}h${(30 + random() * 90).toFixed()}`)), INK.sage, 5)}
    ${dust(ellipse(810, 852, 660, 60), INK.night, { round: true, strength: 1 })}
    ${boat}
    ${line(path('M300 840q40 -22 80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0'), INK.mist, 9)}
    ${line(path('M380 884q40 -20 80 0t80 0t80 0M1010 890q40 -20 80 0t80 0t80 0'), INK.mist, 6)}
    ${within(rect(0, 0, 1600, 1067), solid(path(times(16, n => {
      const x = n < 8 ? n * 26 - 20 : 1420 + (n - 8) * 26
      const high = 130 + (n * 53) % 150
      return `M${x} 1067Q${x + 6} ${1067 - high * 0.6} ${x + 30 - (n % 3) * 24} ${1067 - high}Q${x + 26}
        ${1067 - high * 0.5} ${x + 22} 1067Z`
    })), INK.night))}
  `
}
