// Portrait of a bearded man in a teal sweater with a white collar.
import { INK, path, polygon } from '../ink.mjs'
import { bust } from '../portrait.mjs'

export const width = 800
export const height = 800

export const draw = ink => {
  const { solid, dust } = ink
  return bust(ink, {
    ground: [INK.gold, INK.ochre],
    ring: [INK.ochre, INK.gold],
    skin: [INK.umber, INK.night, INK.night],
    brow: INK.night,
    lips: INK.night,
    coat: [INK.teal, INK.night],
    collar: `${solid(polygon('298,596 346,606 400,704 352,742 272,622'), INK.white)}
      ${solid(polygon('502,596 454,606 400,704 448,742 528,622'),
        INK.cream, { shade: INK.ochre, angle: 30, from: 0.2 })}`,
    beard: `${solid(path('M252 404C268 444 292 452 330 446C372 434 428 434 470 446C508 452 532 444 548 404' +
      'C556 520 500 616 400 618C300 616 244 520 252 404Z'), INK.night)}
      ${dust(path('M252 404C268 444 292 452 330 446C372 434 400 436 400 436V618C300 616 244 520 252 404Z'),
        INK.navy, { angle: 215, from: 0.2, strength: 1 })}`,
    over: `${solid(path('M244 372C226 200 286 130 400 130C514 130 574 200 556 372C546 330 546 292 532 262' +
      'Q400 228 268 262C254 292 254 330 244 372Z'), INK.night)}
      ${dust(path('M244 372C226 200 286 130 400 130V240Q330 244 268 262C254 292 254 330 244 372Z'),
        INK.navy, { angle: 215, from: 0.1, strength: 1 })}`,
  })
}
