// Portrait of an older man with round glasses and a red tie.
import { INK, path, polygon } from '../ink.mjs'
import { bust, glasses } from '../portrait.mjs'

export const width = 800
export const height = 800

export const draw = ink => {
  const { solid, dust, line } = ink
  return bust(ink, {
    ground: [INK.sand, INK.ochre],
    ring: [INK.gold, INK.sand],
    skin: [INK.sand, INK.clay, INK.umber],
    brow: INK.ochre,
    lips: INK.brick,
    coat: [INK.blue, INK.night],
    cheeks: INK.red,
    front: `${dust(path('M252 310C252 214 322 172 400 172V592C330 592 260 522 255 424Z'),
      INK.clay, { angle: 90, from: -0.9, strength: 0.75 })}
      ${line(path('M330 252Q400 238 470 252M346 280Q400 270 454 280'), INK.clay, 6)}`,
    collar: `${solid(polygon('400,704 318,594 482,594'), INK.white)}
    ${solid(polygon('378,660 422,660 432,800 368,800'), INK.red, { shade: INK.brick, angle: 0, from: 0.3 })}
      ${solid(polygon('372,650 428,650 418,692 382,692'), INK.brick)}
      ${solid(polygon('296,592 340,604 392,690 344,738 266,620'), INK.white)}
      ${solid(polygon('504,592 460,604 408,690 456,738 534,620'),
        INK.cream, { shade: INK.clay, angle: 30, from: 0.1 })}
      ${line(path('M266 622L340 800M534 622L460 800'), INK.night, 7)}`,
    over: `${solid(path('M240 392C208 330 214 214 286 180C262 240 266 300 256 388Z'), INK.white)}
      ${solid(path('M560 392C592 330 586 214 514 180C538 240 534 300 544 388Z'), INK.white)}
      ${dust(path('M560 392C592 330 586 214 514 180C538 240 534 300 544 388Z'),
        INK.ochre, { angle: 0, from: -0.4, strength: 0.9 })}
      ${line(path('M232 330Q234 270 258 220M246 360Q244 300 262 250M568 330Q566 270 542 220'), INK.sand, 5)}
      ${glasses(ink, INK.navy)}`,
  })
}
