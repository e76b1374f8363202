// A room: a stack of papers has grown up to the cracking ceiling; a figure on a ladder pushes against it.
import { INK, chance, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, within, at }) => {
  const random = chance(11)
  const sheets = Array.from({ length: 42 }, (_, n) => {
    const left = 452 + random() * 34
    return { left, right: left + 408 + random() * 34, top: 126 + n * 19.4 }
  })
  const stack = path(sheets.map(s => `M${s.left} ${s.top} H${s.right} v19.6 H${s.left} z`).join(' '))
  const edges = sheets.map(s => `M${s.left} ${s.top + 19} H${s.right}`).join(' ')
  const tie = (n, colour) => {
    const { left, right, top } = sheets[n]
    return `${solid(rect(left - 7, top - 3, right - left + 14, 26, 3), colour, { shade: INK.night, angle: 0,
      from: 0.35, strength: 0.7 })}
      ${solid(path(`M${left + 150} ${top + 10} c-46 -40 -74 6 0 4 c74 2 46 -44 0 -4 l-26 44 l14 4 l12 -40 l16 40 l14 -6
        z`), colour)}`
  }
  const bay = k => `M${k * 266.7} 0 L${210 + k * 196.7} 250`
  const board = k => `M${210 + k * 118} 790 L${k * 160} 1067`
  const ladder = `
    ${line(path('M1236 470 L1316 890 M1120 470 L1066 930 M1218 470 L1272 930'), INK.umber, 20)}
    ${line(path(`M1112 540 L1226 540 M1104 610 L1234 610 M1096 680 L1242 680 M1087 755 L1252 755 M1078 832 L1261
      832`), INK.clay, 17)}
    ${line(path('M1120 470 L1066 930 M1218 470 L1272 930'), INK.sand, 20)}
    ${solid(rect(1096, 456, 146, 30, 6), INK.sand, { shade: INK.umber, angle: 0, from: 0.3 })}`
  const pusher = `
    ${line(path('M1148 330 L1142 452 M1192 330 L1198 452'), INK.navy, 44)}
    ${solid(path('M1108 468 v-22 q26 -22 56 0 v22 z M1178 468 v-22 q28 -22 56 0 v22 z'), INK.night)}
    ${line(path('M1122 244 L1076 186 L1092 128 M1218 244 L1264 186 L1248 128'), INK.gold, 38)}
    ${solid(path('M1106 232 q64 -38 128 0 l8 150 q-72 26 -144 0 z'), INK.gold, { shade: INK.umber, angle: 0,
      from: 0.3 })}
    ${line(path('M1170 262 V388'), INK.ochre, 5)}
    ${line(path('M1082 128 h26 M1236 128 h26'), INK.umber, 28)}
    ${solid(rect(1152, 196, 36, 32, 10), INK.umber)}
    ${solid(ellipse(1170, 176, 39, 44), INK.umber)}
    ${solid(path('M1129 186 q-6 -58 41 -58 q47 0 41 58 q-41 18 -82 0 z'), INK.night)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.teal, { shade: INK.pine, angle: 20, from: 0.35 })}
    ${solid(polygon('0,0 210,250 210,790 0,1067'), INK.pine, { shade: INK.night, angle: 180, from: 0.1,
      strength: 0.7 })}
    ${solid(polygon('1600,0 1390,250 1390,790 1600,1067'), INK.pine, { shade: INK.night, angle: 0, from: 0,
      strength: 0.9 })}
    ${solid(polygon('210,790 1390,790 1600,1067 0,1067'), INK.navy, { shade: INK.night, from: 0.2 })}
    ${line(path(times(11, board) + 'M140 884 H1460'), INK.night, 4)}
    ${solid(rect(210, 752, 1180, 38), INK.pine)}
    ${solid(polygon('0,0 1600,0 1390,250 210,250'), INK.red, { shade: INK.brick, angle: 270, from: 0, strength: 1 })}
    ${dust(polygon('800,0 1600,0 1390,250 800,250'), INK.night, { angle: 0, from: 0.2, strength: 0.6 })}
    ${line(path(times(7, bay) + 'M76 90 H1524 M150 178 H1450'), INK.brick, 9)}
    ${line(path('M210 250 H1390'), INK.cream, 12)}${line(path('M210 262 H1390'), INK.sand, 7)}
    ${solid(polygon('244,330 404,330 404,640 244,640'), INK.cream, { shade: INK.gold, from: 0.2 })}
    ${line(path('M244 330 h160 v310 h-160 z M324 330 v310 M244 434 h160 M244 536 h160'), INK.night, 10)}
    ${solid(rect(228, 640, 192, 20, 4), INK.sand)}
    ${dust(polygon('230,800 400,800 560,1010 290,1010'), INK.gold, { angle: 270, from: 0, strength: 0.75 })}
    ${dust(polygon('860,268 1010,268 1120,752 860,752'), INK.night, { angle: 180, from: 0.1, strength: 1 })}
    ${dust(polygon('470,940 890,940 1300,1060 760,1060'), INK.night, { angle: 180, from: 0, strength: 1 })}
    ${solid(stack, INK.cream, { shade: INK.clay, angle: 0, from: 0.3, strength: 0.95 })}
    ${within(stack, dust(rect(420, 126, 500, 240), INK.umber, { angle: 270, from: 0.1, strength: 0.9 }))}
    ${line(path(edges), INK.clay, 3)}
    ${times(12, n => {
      const { left, top } = sheets[3 + n * 3]
      return line(path(`M${left + 14 + random() * 120} ${top + 9} h${60 + random() * 90}`), INK.white, 6)
    })}
    ${tie(7, INK.teal)}${tie(17, INK.red)}${tie(28, INK.gold)}${tie(37, INK.teal)}
    ${line(path(`M452 126 L396 98 L404 70 L330 38 L318 6 M520 118 L500 70 L540 34 L530 0 M880 120 L938 92 L926 60 L1004
      30 L1010 0 M760 120 L790 76 L772 44 L800 0`), INK.night, 8)}
    ${line(path('M404 70 L352 92 M926 60 L890 34 M500 70 L464 44'), INK.night, 5)}
    ${solid(path(`M370 170 l34 -8 l8 26 l-30 12 z M300 232 l20 4 l-6 22 l-20 -8 z M934 196 l36 6 l-10 28 l-32 -8 z M990
      300 l22 -8 l6 24 l-22 6 z M410 270 l16 4 l-6 14 l-14 -4 z M948 390 l14 2 l-4 16 l-14 -4 z M1010 150 l18 8 l-10 14
        z`), INK.red)}
    ${dust(ellipse(1180, 936, 200, 26), INK.night, { round: true, strength: 1 })}
    ${ladder}${pusher}
    ${at(1010, 968, solid(polygon('-70,0 40,-26 96,10 -16,40'), INK.cream, { shade: INK.clay, angle: 0, from: 0.3 }))}
    ${at(380, 990, solid(polygon('-80,0 30,-22 86,8 -24,34'), INK.cream, { shade: INK.clay, angle: 0, from: 0.3 }),
      { turn: -14 })}`
}
