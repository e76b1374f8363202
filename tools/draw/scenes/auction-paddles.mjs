// Bidders raise paddles towards an auctioneer, beside whom a large bond certificate hangs in the light.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const rosette = (x, y, r, colour) => times(9, n => at(x, y, line(ellipse(0, 0, r, r * 0.36), colour, 3),
    { turn: n * 20 }))
  const bidder = (x, y, scale, { coat, deep, skin, hair, style, paddle, rim, lean = 0 }) => at(x, y, `
    ${paddle ? at(118, 60, `${line(path('M0 60 V-170'), INK.umber, 20)}
      ${solid(circle(0, -270, 116), paddle, { shade: rim, angle: 40, from: 0.3, strength: 0.9 })}
        ${line(circle(0, -270, 96), rim, 6)}`, { turn: lean }) : ''}
    ${paddle ? `${solid(path('M70 240 C120 250 160 190 150 70 H92 C96 130 84 170 40 190 Z'), coat)}
      ${solid(rect(88, 56, 66, 26, 8), INK.cream)}
      ${solid(circle(120, 34, 34), skin)}${line(path('M100 22 h40 M100 36 h42 M102 50 h38'), deep, 4)}` : ''}
    ${solid(rect(-28, 40, 56, 70), skin)}
    ${solid(path('M-140 480 C-150 220 -140 140 -84 112 C-52 98 -38 92 -28 84 H28 C44 96 60 102 88 114 C142 140 150 ' +
      '220 140 480 Z'),
      coat, { shade: deep, angle: 90, from: 0.1, strength: 0.95 })}
    ${solid(path('M-34 88 Q0 116 34 88 L38 102 Q0 134 -38 102 Z'), INK.cream)}
    ${solid(circle(-66, 6, 14), skin)}${solid(circle(66, 6, 14), skin)}${solid(circle(0, 0, 68), hair)}
    ${style === 'bun' ? solid(circle(0, -70, 30), hair) : ''}
    ${style === 'long' ? solid(path('M-68 -8 C-84 60 -78 100 -70 122 Q0 150 70 122 C78 100 84 60 68 -8 Z'),
      hair) : ''}
    ${style === 'bald' ? `${solid(path('M-64 -22 A68 68 0 0 1 64 -22 Q0 18 -64 -22 Z'), skin)}` : ''}
    ${style === 'hat' ? `${solid(path('M-62 -14 C-62 -104 62 -104 62 -14 Z'), INK.umber)}
      ${solid(ellipse(0, -12, 108, 20), INK.umber)}
      ${solid(path('M-62 -40 H62 V-18 Q0 -8 -62 -18 Z'), INK.red)}` : ''}`, { scale })
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.brick, { shade: INK.night, angle: 270, from: 0.3, strength: 0.9 })}
    ${times(2, s => `<g transform="translate(${s ? 1600 : 0} 0) scale(${s ? -1 : 1} 1)">
      ${times(5, n => solid(path(`M${-30 + n * 44} 0 H${24 + n * 44} C${10 + n * 40} 300 ${0 + n * 26} 600
        ${-30 + n * 20} 800 H${-90 + n * 20} Z`),
        n % 2 ? INK.red : INK.brick, { shade: INK.night, angle: 0, from: 0.2, strength: 0.7 }))}</g>`)}
    ${dust(polygon('560,0 760,0 1180,720 150,720'), INK.red, { angle: 270, from: -0.2, strength: 0.8 })}
    ${dust(polygon('600,0 720,0 1010,720 290,720'), INK.gold, { angle: 270, from: 0, strength: 0.55 })}
    ${solid(rect(0, 690, 1600, 377), INK.clay, { shade: INK.umber, from: 0.1, strength: 1 })}
    ${solid(rect(0, 682, 1600, 14), INK.ochre)}
    ${line(path('M430 0 V110 M890 0 V110'), INK.gold, 5)}
    ${at(20, 26, dust(rect(310, 96, 700, 500), INK.night, { angle: 50, from: 0, strength: 1 }))}
    ${solid(rect(306, 92, 708, 508, 8), INK.gold, { shade: INK.ochre, angle: 50, from: 0.3 })}
    ${solid(rect(334, 120, 652, 452), INK.white, { shade: INK.sand, angle: 50, from: 0.4 })}
    ${line(rect(352, 138, 616, 416), INK.teal, 12)}${line(rect(368, 154, 584, 384), INK.teal, 4)}
    ${times(4, n => `${solid(circle(366 + (n % 2) * 588, 152 + Math.floor(n / 2) * 388, 46), INK.cream)}
      ${rosette(366 + (n % 2) * 588, 152 + Math.floor(n / 2) * 388, 44, INK.teal)}`)}
    ${rosette(660, 290, 120, INK.sage)}${line(path('M500 204 H820'), INK.navy, 20)}
      ${line(path('M560 242 H760'), INK.navy, 10)}
    ${solid(circle(660, 310, 44), INK.teal, { shade: INK.pine, angle: 50, from: 0.2 })}
      ${line(circle(660, 310, 34), INK.cream, 4)}
    ${solid(path('M644 330 v-26 h-8 l24 -20 l24 20 h-8 v26 Z'), INK.cream)}
    ${line(path('M440 392 H880 M440 418 H880 M440 444 H700'), INK.blue, 7)}
    ${line(path('M450 506 c20 -30 30 20 50 -6 s30 -20 44 6 s40 -10 70 -4'), INK.navy, 5)}
    ${solid(polygon('812,470 800,546 826,528 848,550 842,470'), INK.brick)}
      ${solid(circle(828, 464, 38), INK.red, { shade: INK.brick, from: 0.3 })}
    ${line(circle(828, 464, 24), INK.clay, 4)}
    ${at(1190, 452, `${line(path('M-50 60 L-116 -6 L-96 -84'), INK.navy, 44)}${solid(circle(-96, -92, 24), INK.clay)}
      ${at(-96, -96, `${line(path('M0 26 V-70'), INK.umber, 13)}
        ${solid(rect(-52, -112, 104, 50, 10), INK.gold, { shade: INK.ochre, from: 0.3 })}
        ${solid(path('M-36 -112 h10 v50 h-10 z M26 -112 h10 v50 h-10 z'), INK.umber)}`, { turn: -24 })}
      ${solid(path('M-96 260 C-110 80 -90 40 -30 26 H34 C96 40 114 80 104 260 Z'), INK.navy, { shade: INK.night,
        angle: 0, from: 0.3 })}
      ${solid(polygon('-30,26 34,26 4,120'), INK.white)}${solid(polygon('-6,40 10,40 16,100 2,122 -12,100'), INK.red)}
      ${solid(rect(-20, -14, 44, 52), INK.clay)}${solid(circle(0, -44, 56), INK.clay, { shade: INK.umber,
        angle: 10, from: 0.4 })}
      ${solid(path('M-58 -36 C-70 -120 66 -130 58 -34 C48 -74 0 -76 -26 -86 C-34 -64 -52 -60 -58 -36 Z'), INK.night)}
      ${line(circle(-26, -40, 15), INK.night, 5)}${line(circle(16, -40, 15), INK.night, 5)}
        ${line(path('M-11 -42 h12'), INK.night, 5)}
      ${line(path('M-18 -10 q12 8 24 0'), INK.umber, 5)}
      ${line(path('M90 90 L126 160 L84 214'), INK.navy, 40)}${solid(circle(78, 220, 22), INK.clay)}`)}
    ${solid(path('M1020 660 H1384 L1350 960 H1054 Z'), INK.teal, { shade: INK.night, angle: 60, from: 0.2 })}
    ${solid(rect(998, 636, 408, 36, 6), INK.gold, { shade: INK.ochre, from: 0.3 })}
    ${line(path('M1070 710 H1334 L1312 930 H1092 Z'), INK.sage, 6)}
      ${solid(circle(1202, 800, 54), INK.gold, { shade: INK.ochre, from: 0.3 })}
    ${line(circle(1202, 800, 38), INK.umber, 5)}${solid(rect(1060, 622, 76, 18, 5), INK.umber)}
    ${bidder(420, 790, 0.66, { coat: INK.blue, deep: INK.night, skin: INK.clay, hair: INK.umber, style: 'bun',
      paddle: INK.gold, rim: INK.ochre, lean: -6 })}
    ${bidder(760, 790, 0.66, { coat: INK.pine, deep: INK.night, skin: INK.umber, hair: INK.night, style: 'bald',
      paddle: INK.cream, rim: INK.clay, lean: 3 })}
    ${bidder(1420, 800, 0.68, { coat: INK.blue, deep: INK.night, skin: INK.sand, hair: INK.ochre, style: 'long' })}
    ${bidder(180, 880, 0.92, { coat: INK.teal, deep: INK.night, skin: INK.umber, hair: INK.night, style: 'bun',
      paddle: INK.cream, rim: INK.clay, lean: -4 })}
    ${bidder(580, 900, 0.96, { coat: INK.navy, deep: INK.night, skin: INK.sand, hair: INK.umber, style: 'hat',
      paddle: INK.sage, rim: INK.teal, lean: 4 })}
    ${bidder(985, 900, 0.96, { coat: INK.brick, deep: INK.night, skin: INK.clay, hair: INK.night, style: 'long' })}
    ${bidder(1300, 900, 0.98, { coat: INK.sage, deep: INK.pine, skin: INK.umber, hair: INK.night, style: '',
      paddle: INK.gold, rim: INK.ochre, lean: 7 })}
  `
}
