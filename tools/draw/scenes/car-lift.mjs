// A red car raised on a lift in a workshop; a mechanic below it holds a lamp to its underside.
import { INK, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const wheel = x => `${solid(circle(x, 8, 92), INK.night)}
    ${solid(circle(x, 10, 80), INK.night, { shade: INK.navy, angle: 250, from: 0.3 })}
    ${solid(circle(x, 10, 50), INK.cream, { shade: INK.sand, angle: 60, from: 0.3 })}
    ${line(circle(x, 10, 34), INK.blue, 6)}${solid(circle(x, 10, 14), INK.navy)}
    ${times(6, n => at(x, 10, solid(circle(0, -24, 5), INK.navy), { turn: n * 60 }))}`
  const post = x => `${solid(rect(x, 190, 62, 752), INK.gold, { shade: INK.ochre, angle: 0, from: 0.3 })}
    ${times(18, n => solid(rect(x + 24, 216 + n * 38, 14, 20, 4), INK.umber))}
    ${solid(rect(x - 30, 926, 122, 24, 4), INK.ochre)}${solid(rect(x - 8, 176, 78, 24, 4), INK.ochre)}
    ${solid(circle(x - 16, 938, 6), INK.umber)}${solid(circle(x + 78, 938, 6), INK.umber)}`
  const car = `
    ${solid(path('M-372 46 H372 V70 H-372 Z M-120 60 h70 v34 h-70 z M20 60 h120 v28 h-120 z'), INK.night)}
    ${line(path('M-360 78 H-160 q20 0 20 14 h40 M-60 80 H150'), INK.umber, 14)}
    ${solid(path('M-412 52 C-430 4 -424 -60 -396 -88 C-350 -112 -310 -120 -284 -126 C-244 -196 -184 -240 -84 -246 ' +
      'H50 ' +
      'C132 -242 184 -190 218 -132 C300 -124 392 -108 412 -64 C424 -30 422 22 412 52 Z'), INK.red,
      { shade: INK.brick, angle: 90, from: 0.35, strength: 1 })}
    ${solid(path('M-246 -128 C-214 -182 -160 -214 -84 -218 H-30 V-128 Z M-8 -218 H44 C106 -214 146 -172 172 -128 ' +
      'H-8 Z'), INK.mist,
      { shade: INK.teal, angle: 110, from: 0.35, strength: 0.8 })}
    ${line(path('M-190 -128 L-130 -206 M60 -128 L100 -200'), INK.white, 10)}
    ${line(path('M-19 -220 V40 M-250 -116 H190 M-254 40 C-250 -20 -244 -70 -252 -116 M170 40 C192 -10 196 -70 186 ' +
      '-116'), INK.brick, 5)}
    ${line(path('M-404 -22 H404'), INK.cream, 10)}${line(path('M-60 -84 h-44 M146 -84 h-44'), INK.cream, 11)}
    ${solid(ellipse(396, -52, 17, 26), INK.cream)}${line(ellipse(396, -52, 19, 28), INK.brick, 6)}
    ${solid(rect(-418, -62, 22, 46, 8), INK.gold)}
    ${solid(path('M-436 26 h110 v26 h-104 q-10 -10 -6 -26 z M326 26 h110 q6 16 -6 26 h-104 z'), INK.mist)}
    ${wheel(-246)}${wheel(246)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.teal, { shade: INK.pine, angle: 270, from: 0.1, strength: 0.95 })}
    ${times(2, n => `${solid(rect(420 + n * 400, 60, 360, 210, 4), INK.sage, { shade: INK.mist, angle: 300,
      from: 0.2 })}
      ${line(path(`M${420 + n * 400} 130 h360 M${420 + n * 400} 200 h360 M${510 + n * 400} 60 v210
        M${600 + n * 400} 60 v210 
      M${690 + n * 400} 60 v210`), INK.pine, 8)}${line(rect(420 + n * 400, 60, 360, 210, 4), INK.pine, 14)}`)}
    ${solid(rect(0, 900, 1600, 167), INK.sand, { shade: INK.ochre, from: 0.1, strength: 0.7 })}
    ${solid(rect(0, 884, 1600, 18), INK.pine)}
    ${times(9, n => line(path(`M${800 + (n - 4) * 150} 902 L${800 + (n - 4) * 300} 1067`), INK.clay, 4))}
    ${line(path('M0 968 H1600'), INK.clay, 4)}
    ${solid(rect(60, 300, 200, 190, 8), INK.umber)}
    ${line(path('M96 336 v92 M92 336 h-10 M138 330 v96 M178 330 v60 M218 336 v100'), INK.mist, 12)}
    ${line(circle(138, 444, 14), INK.mist, 9)}${line(circle(178, 404, 16), INK.mist, 9)}
      ${solid(rect(206, 420, 24, 50, 8), INK.red)}
    ${solid(rect(80, 330, 32, 22, 5), INK.mist)}
    ${times(3, n => `${solid(rect(70, 828 - n * 62, 200, 58, 28), INK.night, { shade: INK.blue, angle: 200,
      from: 0.4 })}
      ${times(8, k => line(path(`M${96 + k * 21} ${836 - n * 62} v18`), INK.blue, 5))}`)}
    ${dust(ellipse(190, 900, 170, 22), INK.night, { round: true, strength: 0.9 })}
    ${solid(rect(1364, 610, 190, 290, 8), INK.blue, { shade: INK.night, angle: 20, from: 0.2 })}
    ${times(4, n => `${solid(rect(1380, 630 + n * 62, 158, 48, 4), INK.navy)}
      ${line(path(`M1430 ${654 + n * 62} h58`), INK.gold, 8)}`)}
    ${solid(rect(1390, 572, 70, 38, 4), INK.red)}${line(path('M1404 572 q22 -40 44 0'), INK.gold, 8)}
    ${solid(rect(1490, 556, 34, 54, 6), INK.cream)}${solid(path('M1494 556 l10 -26 h6 l10 26 Z'), INK.ochre)}
    ${dust(ellipse(800, 968, 560, 46), INK.umber, { round: true, strength: 1 })}
    ${post(286)}${post(1252)}
    ${dust(polygon('836,660 470,556 1200,556'), INK.cream, { angle: 270, from: 0, strength: 1 })}
    ${at(800, 418, car)}
    ${solid(rect(286, 512, 1028, 46, 6), INK.gold, { shade: INK.ochre, from: 0.3 })}
    ${times(25, n => solid(polygon(`${330 + n * 38},520 ${348 + n * 38},520 ${336 + n * 38},550
      ${318 + n * 38},550`), INK.navy))}
    ${dust(polygon('842,680 520,558 1170,558'), INK.white, { angle: 270, from: -0.4, strength: 1 })}
    ${at(800, 0, `${solid(path('M-196 950 L-182 770 H-84 L-74 950 H-118 L-134 830 L-150 950 Z'), INK.navy)}
      ${solid(path('M-204 952 h66 v-22 h-50 z M-122 952 h66 q0 -20 -26 -22 h-40 z'), INK.night)}
      ${solid(path('M-190 800 C-200 680 -176 654 -134 650 C-96 652 -78 690 -80 800 Z'), INK.blue,
        { shade: INK.navy, angle: 180, from: 0.3 })}
      ${line(path('M-160 656 V736 H-104 V656'), INK.gold, 11)}
      ${line(path('M-108 684 L-34 716 L14 668'), INK.blue, 38)}${solid(circle(20, 660, 22), INK.clay)}
      ${line(path('M-160 690 L-188 756 L-156 800'), INK.blue, 34)}${solid(circle(-148, 806, 20), INK.clay)}
      ${line(path('M-148 806 l-66 44'), INK.mist, 12)}
      ${solid(rect(-152, 620, 34, 40), INK.clay)}${solid(circle(-128, 596, 46), INK.clay, { shade: INK.umber,
        angle: 140, from: 0.4 })}
      ${solid(path('M-176 596 C-180 540 -92 530 -86 572 L-52 566 L-54 580 L-92 592 Q-140 574 -176 604 Z'), INK.red)}
      ${solid(circle(-134, 604, 9), INK.umber)}${solid(path('M-84 588 l14 14 l-12 6 Z'), INK.clay)}
      ${line(path('M24 700 C40 800 90 880 200 930 S420 950 500 950'), INK.night, 7)}
      ${solid(rect(10, 640, 30, 56, 8), INK.red)}${line(path('M6 636 C-10 590 60 590 44 636 Z'), INK.night, 6)}
      ${dust(circle(25, 612, 90), INK.white, { round: true, strength: 0.9 })}
        ${solid(ellipse(25, 616, 19, 25), INK.white)}`)}
  `
}
