// A grown-up with a red suitcase and a child, from behind, wait at a striped border barrier; the sun sets.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(4)
  const hill = (x, y, wide, colour, light) => `${solid(polygon(`${x - wide},640 ${x},${y} ${x + wide},640`), colour)}
    ${solid(polygon(`${x},${y} ${x + wide},640 ${x + wide * 0.15},640 ${x - wide * 0.12},${y + 120}`), light)}`
  const bird = (x, y, s) => line(path(`M${x - s} ${y - s * 0.4}Q${x - s * 0.4} ${y - s * 0.5} ${x}
    ${y}Q${x + s * 0.4} ${y - s * 0.5} ${x + s} ${y - s * 0.4}`), INK.navy, 6)
  const booth = `
    ${dust(polygon('-150,0 130,0 330,90 40,120'), INK.umber, { angle: 20, from: -0.5, strength: 1 })}
    ${solid(rect(-130, -500, 180, 500), INK.cream, { shade: INK.sand, angle: 0, from: 0.2 })}
    ${solid(polygon('50,-500 130,-500 130,-20 50,0'), INK.clay, { shade: INK.umber, angle: 0, from: 0 })}
    ${solid(polygon('-130,-110 50,-110 50,-60 -130,-60'), INK.red)}
    ${solid(polygon('50,-110 130,-118 130,-72 50,-60'), INK.brick)}
    ${solid(rect(-106, -400, 132, 180), INK.night)}
    ${solid(rect(-98, -392, 116, 164), INK.gold, { shade: INK.white, angle: 270, from: 0.2 })}
    ${within(rect(-98, -392, 116, 164), `${solid(path('M-80 -220Q-76 -292 -40 -294Q-4 -292 0 -220Z'), INK.navy)}
      ${solid(circle(-40, -316, 30), INK.umber)}
      ${solid(path('M-74 -322Q-70 -362 -40 -362Q-10 -362 -6 -322Z'), INK.navy)}`)}
    ${solid(rect(-118, -226, 156, 18, 4), INK.ochre)}${solid(polygon('66,-396 114,-392 114,-226 66,-222'), INK.night)}
    ${solid(polygon('-160,-500 160,-500 130,-556 -130,-556'), INK.navy, { shade: INK.night, angle: 0, from: 0.3 })}
    ${solid(rect(-160, -502, 320, 16), INK.night)}${solid(rect(-20, -584, 40, 30), INK.night)}
    ${solid(path('M-18 -584A18 22 0 0 1 18 -584Z'), INK.red)}`
  const barrier = `
    ${solid(rect(-990, -16, 16, 176), INK.navy)}${solid(path('M-1008 -30h20v26h34v-26h20v44h-74Z'), INK.navy)}
    ${solid(rect(-1010, -24, 1040, 44, 8), INK.white)}
    ${within(rect(-1010, -24, 1040, 44, 8), `${times(14, n => solid(polygon(`${-1010 + n * 78},-24
      ${-972 + n * 78},-24 ${-992 + n * 78},20 ${-1030 + n * 78},20`), INK.red))}
      ${dust(rect(-1010, -10, 1040, 30), INK.brick, { from: 0.1, strength: 0.6 })}`)}
    ${solid(circle(-470, -2, 26), INK.navy)}${solid(circle(-470, -2, 17), INK.red)}`
  const adult = `
    ${solid(path('M-64 -190H-6L-12 0H-58Z M6 -190H64L58 0H14Z'), INK.night)}
    ${solid(path('M-74 4q0 -24 24 -24h42v24Z M8 4v-24h42q24 0 24 24Z'), INK.umber)}
    ${solid(path('M-92 -150C-100 -260 -96 -360 -84 -400Q-70 -430 0 -432Q70 -430 84 -400C96 -360 100 -260 92 -150' +
      'Q0 -128 -92 -150Z'),
      INK.blue, { shade: INK.night, angle: 70, from: 0.15, strength: 1 })}
    ${line(path('M0 -250V-142'), INK.night, 5)}${solid(rect(-94, -284, 188, 22), INK.night)}
    ${line(path('M-80 -390Q-124 -320 -114 -214'), INK.navy, 42)}
    ${line(path('M82 -388Q116 -330 118 -236'), INK.navy, 42)}
    ${solid(circle(-114, -196, 22), INK.umber)}${solid(circle(120, -218, 21), INK.umber)}
    ${solid(rect(-28, -456, 56, 34), INK.umber)}${solid(ellipse(-54, -484, 10, 14), INK.umber)}
    ${solid(ellipse(54, -484, 10, 14), INK.umber)}
    ${solid(path('M-54 -510Q-58 -450 0 -442Q58 -450 54 -510Z'), INK.night)}
    ${solid(path('M-62 -418Q-50 -438 -34 -440Q0 -424 34 -440Q50 -438 62 -418L0 -396Z'),
      INK.red, { shade: INK.brick, from: 0.1 })}
    ${solid(path('M-104 -498Q0 -470 104 -498Q84 -520 58 -520Q56 -584 0 -584Q-56 -584 -58 -520Q-84 -520 -104 -498Z'),
      INK.gold, { shade: INK.ochre, from: 0.2 })}
    ${line(path('M-58 -522Q0 -506 58 -522'), INK.umber, 12)}`
  const suitcase = `
    ${line(path('M-26 -196V-236H26V-196'), INK.night, 11)}
    ${solid(rect(-78, -200, 156, 190, 14), INK.red, { shade: INK.brick, angle: 40, from: 0.2 })}
    ${line(path('M-40 -198V-12M40 -198V-12'), INK.gold, 12)}${solid(rect(-52, -124, 24, 22, 3), INK.cream)}
    ${solid(rect(28, -124, 24, 22, 3), INK.cream)}
    ${solid(circle(-54, -4, 12), INK.night)}${solid(circle(54, -4, 12), INK.night)}`
  const child = `
    ${solid(path('M-36 -90H-4L-8 0H-34Z M6 -90H38L36 0H10Z'), INK.night)}
    ${solid(path('M-44 4q0 -18 18 -18h22v18Z M6 4v-18h22q18 0 18 18Z'), INK.brick)}
    ${solid(path('M-56 -78Q-60 -190 -40 -212Q0 -228 40 -212Q60 -190 56 -78Q0 -64 -56 -78Z'),
      INK.sage, { shade: INK.teal, angle: 60, from: 0.1, strength: 1 })}
    ${line(path('M-46 -200Q-78 -206 -84 -216'), INK.teal, 24)}${line(path('M48 -194Q66 -150 60 -112'), INK.teal, 24)}
    ${solid(circle(60, -100, 13), INK.umber)}
    ${solid(rect(-36, -200, 72, 92, 16), INK.gold, { shade: INK.ochre, from: 0.2 })}
    ${solid(rect(-24, -146, 48, 32, 6), INK.ochre)}
    ${solid(circle(0, -248, 36), INK.umber)}${solid(path('M-36 -250Q-36 -222 0 -214Q36 -222 36 -250Z'), INK.night)}
    ${solid(path('M-40 -250Q-42 -296 0 -298Q42 -296 40 -250Q0 -238 -40 -250Z'), INK.red)}
    ${solid(circle(0, -302, 13), INK.cream)}`
  return `
    ${solid(rect(0, 0, 1600, 660), INK.gold, { shade: INK.red, angle: 270, from: 0.05, strength: 0.95 })}
    ${line(path('M90 176H300M210 204H430M1130 120H1400M1250 148H1500'), INK.cream, 12)}
    ${solid(circle(560, 430, 230), INK.red, { shade: INK.brick, angle: 90, from: 0.3, strength: 0.7 })}
    ${hill(180, 440, 330, INK.teal, INK.pine)}${hill(1190, 420, 360, INK.sage, INK.teal)}
    ${hill(1500, 480, 280, INK.teal, INK.pine)}
    ${hill(860, 520, 300, INK.teal, INK.pine)}${hill(420, 560, 300, INK.sage, INK.teal)}
    ${solid(rect(0, 636, 1600, 431), INK.gold, { shade: INK.umber, angle: 90, from: 0.15, strength: 0.8 })}
    ${line(path(times(60, () => {
      const [x, y] = [random() * 1600, 660 + random() * random() * 390]
      return `M${x.toFixed()} ${y.toFixed()}h${(14 + (y - 640) / 7).toFixed()}`
    })), INK.ochre, 5)}
    ${line(path(`M0 690H1600M0 720H1600${times(17, n => `M${n * 100 + 10} 672V752`)}`), INK.umber, 6)}
    ${solid(polygon('850,636 900,636 1290,1067 290,1067'), INK.blue, { shade: INK.navy, from: 0, strength: 1 })}
    ${solid(path('M873 650h6l2 26h-10Z M869 696h12l2 38h-17Z M863 760h20l4 56h-29Z M854 850h34l5 80h-46Z ' +
      'M842 975h54l7 92h-73Z'), INK.cream)}
    ${at(1350, 900, booth)}
    ${solid(rect(1128, 690, 66, 212), INK.red, { shade: INK.brick, angle: 0, from: 0.2 })}
    ${solid(rect(1116, 668, 90, 34, 6), INK.navy)}
    ${solid(rect(1112, 890, 98, 24, 4), INK.night)}${at(1160, 742, barrier, { turn: 1.5 })}
    ${solid(circle(1160, 742, 26), INK.navy)}${solid(circle(1160, 742, 10), INK.gold)}
    ${dust(polygon('404,984 548,984 470,1067 290,1067'), INK.night, { from: -1.5, strength: 1 })}
    ${dust(polygon('530,984 676,984 660,1067 470,1067'), INK.night, { from: -1.5, strength: 1 })}
    ${dust(polygon('740,984 826,984 836,1067 720,1067'), INK.night, { from: -1.5, strength: 1 })}
    ${at(600, 990, adult)}${at(478, 990, suitcase)}${at(782, 990, child)}
    ${line(path('M719 768L704 778'), INK.umber, 22)}
    ${bird(1000, 210, 40)}${bird(1090, 250, 28)}${bird(930, 268, 24)}
  `
}
