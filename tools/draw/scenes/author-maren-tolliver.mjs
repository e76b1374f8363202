// Portrait of a woman with a red bob and a navy sweater.
import { INK, path } from '../ink.mjs'
import { bust } from '../portrait.mjs'

export const width = 800
export const height = 800

export const draw = ink => {
  const { solid, dust, line } = ink
  const bob = 'M400 118C250 118 196 226 192 380L190 552Q300 592 400 590Q500 592 612 552L608 380' +
    'C604 226 550 118 400 118Z'
  const fringe = 'M236 396C212 226 280 140 400 140C520 140 588 226 564 396C546 340 538 300 520 262Q410 308 286 262' +
    'C258 300 254 340 236 396Z'
  const side = 'M262 256C258 350 280 440 244 566L190 552L192 380C193 330 204 280 222 240Z'
  return bust(ink, {
    ground: [INK.sage, INK.teal],
    ring: [INK.teal, INK.sage],
    skin: [INK.cream, INK.clay, INK.clay],
    brow: INK.brick,
    lips: INK.red,
    coat: [INK.navy, INK.night],
    cheeks: INK.red,
    behind: `${solid(path(bob), INK.brick)}${dust(path(bob), INK.night, { angle: 25, from: 0.5, strength: 0.9 })}
      ${dust(path('M400 118C250 118 196 226 192 380L190 552Q250 580 330 586V118Z'),
        INK.red, { angle: 190, from: 0.1, strength: 1 })}`,
    front: dust(path('M252 310C252 214 322 172 400 172V592C330 592 260 522 255 424Z'),
      INK.clay, { angle: 90, from: -0.6, strength: 0.4 }),
    collar: line(path('M310 606Q400 704 490 606'), INK.white, 18),
    over: `${solid(path(side), INK.red, { shade: INK.brick, angle: 60, from: 0.3 })}
      <g transform="translate(802 0) scale(-1 1)">${solid(path(side),
        INK.brick, { shade: INK.night, angle: 130, from: 0.3 })}</g>
      ${solid(path(fringe), INK.brick)}${dust(path(fringe), INK.red, { angle: 205, from: 0.2, strength: 1 })}
      ${line(path('M300 160C250 200 232 260 226 350M340 148C300 170 280 200 270 240M500 160C550 200 568 260 574 350' +
        'M470 150C500 166 520 196 530 236M400 148Q420 200 404 280'), INK.umber, 5)}`,
  })
}
