// A big dark dog with a red collar watches over a stack of ledgers from which one marked check slides.
import { INK, chance, circle, ellipse, path, polygon, rect, times } from '../ink.mjs'

const FLOOR = 905

export const draw = ({ solid, dust, line, within, at }) => {
  const luck = chance(11)
  const covers = [[INK.navy, INK.night], [INK.red, INK.brick], [INK.teal, INK.pine], [INK.navy, INK.night],
    [INK.brick, INK.umber], [INK.teal, INK.pine], [INK.navy, INK.night]]
  // A ledger lies on its side: spine with bands at the left, pages between two covers at the right.
  const ledger = n => {
    const [cover, deep] = covers[n]
    const high = 58 + (n % 3) * 8
    const wide = 410 - n * 8 + luck() * 20
    const x = 1140 - wide / 2 + (luck() - 0.5) * 34
    const y = FLOOR - covers.slice(0, n + 1).reduce((sum, _, m) => sum + 58 + (m % 3) * 8, 0)
    return `${solid(rect(x, y, wide, high, 8), cover, { shade: deep, angle: 0, from: 0.35, strength: 1 })}
      ${solid(rect(x + 112, y + 10, wide - 112, high - 20), INK.cream, { shade: INK.sand, angle: 0, from: 0.4 })}
      ${line(path(`M${x + 122} ${y + high * 0.36}H${x + wide - 8}M${x + 122} ${y + high * 0.5}H${x + wide - 8}
        M${x + 122} ${y + high * 0.64}H${x + wide - 8}`), INK.clay, 2.5)}
      ${solid(path(`M${x + 18} ${y}h10v${high}h-10ZM${x + 84} ${y}h10v${high}h-10Z`), INK.gold)}
      ${solid(rect(x + 38, y + 16, 36, high - 32, 3), INK.cream)}`
  }
  const check = (x, y, turn, more = '') =>
    at(x, y, `${solid(rect(-150, -72, 300, 144, 4), INK.white, { shade: INK.sand, angle: 70, from: 0.35 })}
      ${line(rect(-138, -60, 276, 120, 2), INK.sage, 4)}
      ${line(path('M-120 -36H-30M-120 -2H60M-120 30H-40'), INK.navy, 7)}${solid(rect(72, -44, 52, 26, 2), INK.sage)}
      ${line(path('M20 34q12 -26 20 0t18 0t16 -4t20 2l30 -6'), INK.blue, 5)}${more}`, { turn })
  const dog = `
    ${line(path(`M392 878C300 905 220 890 190 820`), INK.night, 40)}
    ${solid(path(`M548 372C500 470 372 560 344 740C330 840 344 905 410 905H640L716 640C776 560 764 470 712 404Z`),
      INK.night, { shade: INK.blue, angle: 330, from: 0.5, strength: 0.75 })}
    ${solid(path(`M560 600C580 700 588 800 580 868C570 905 590 905 600 905H690C690 880 670 862 650 858L660 600Z`),
      INK.night)}
    ${solid(path(`M596 560L752 520C764 620 734 740 730 852C768 856 792 876 792 905H648C652 800 636 690 596 600Z`),
      INK.night, { shade: INK.blue, angle: 0, from: 0.3, strength: 0.8 })}
    ${solid(path('M724 846C768 852 794 876 794 905H664C664 876 690 850 724 846Z'), INK.umber,
      { shade: INK.clay, angle: 330, from: 0.4 })}
    ${line(path('M738 905v-22M764 905v-18'), INK.night, 5)}${line(path('M622 640C652 720 664 800 660 896'), INK.blue, 6)}
    ${solid(path('M600 905C612 850 616 790 606 740C640 800 648 850 648 905Z'), INK.umber)}
    ${solid(path('M356 800C350 690 430 640 500 668C570 700 572 800 540 862H570C600 866 612 886 612 905H410Z'),
      INK.night, { shade: INK.blue, angle: 300, from: 0.55, strength: 0.6 })}
    ${line(path('M436 664C520 640 574 700 562 780C558 820 548 846 540 862'), INK.blue, 6)}
    ${line(path('M566 905v-18M590 905v-14'), INK.blue, 5)}
    ${solid(path('M740 490C766 540 756 610 738 660C708 620 700 550 706 504Z'), INK.umber,
      { shade: INK.clay, angle: 0, from: 0.2 })}
    ${solid(polygon('640,250 672,112 716,262'), INK.navy)}
    ${solid(path(`M540 400C516 330 536 262 590 236L600 232C640 214 690 224 716 256C730 268 742 280 764 284L846 298
      C870 304 876 336 866 362C852 398 800 414 752 412C736 422 724 432 716 450C660 470 570 450 540 400Z`),
      INK.night, { shade: INK.blue, angle: 335, from: 0.5, strength: 0.85 })}
    ${solid(path(`M868 352C856 398 800 414 752 412C740 418 730 424 722 434
      C708 400 724 376 760 370C800 364 836 366 868 352Z`),
      INK.umber, { shade: INK.clay, angle: 0, from: 0.1 })}
    ${line(path('M866 352C834 370 790 366 752 376'), INK.night, 6)}
    ${solid(path('M836 292C866 290 882 304 878 322C870 340 846 332 836 318Z'), INK.night)}
    ${line(path('M846 306q10 -2 16 4'), INK.sage, 4)}
    ${solid(path('M560 290C556 220 574 150 606 92C640 130 668 190 664 246C640 290 590 310 560 290Z'), INK.night,
      { shade: INK.blue, angle: 300, from: 0.5, strength: 0.5 })}
    ${solid(path('M592 262C590 210 598 168 610 134C630 164 644 206 640 240C626 262 606 272 592 262Z'), INK.umber)}
    ${solid(path('M686 300C696 282 720 282 730 298C720 310 698 312 686 300Z'), INK.gold)}
    ${solid(circle(711, 298, 9), INK.night)}${solid(ellipse(704, 266, 14, 8), INK.clay)}
    ${solid(path('M530 386C580 446 650 468 716 436L726 482C650 520 560 494 506 434Z'), INK.red,
      { shade: INK.brick, angle: 180, from: 0.3, strength: 1 })}
    ${solid(path('M560 436l12 -12 12 12-12 12ZM606 458l12 -12 12 12-12 12ZM654 464l12 -12 12 12-12 12Z'), INK.gold)}
    ${solid(circle(704, 508, 28), INK.gold, { shade: INK.umber, angle: 160, from: 0.3 })}
    ${line(circle(704, 508, 18), INK.umber, 4)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.gold, { shade: INK.ochre, angle: 160, from: 0.25, strength: 0.95 })}
    ${times(13, n => line(path(`M${50 + n * 125} 0V830`), INK.ochre, 3, 'opacity=".55"'))}
    ${dust(ellipse(1010, 470, 620, 500), INK.cream, { round: true, from: 0, strength: 1 })}
    ${solid(polygon('1084,222 1316,254 1500,830 800,830'), INK.cream, { shade: INK.gold, from: 0.1, strength: 1 })}
    ${solid(rect(0, 826, 1600, 241), INK.umber, { shade: INK.night, from: 0.2, strength: 0.8 })}
    ${solid(rect(0, 826, 1600, 12), INK.clay)}
    ${line(path('M0 968H520M610 968H1600M120 1018H900M1000 1018H1500'), INK.night, 4, 'opacity=".5"')}
    ${dust(ellipse(1130, 915, 420, 62), INK.gold, { round: true, from: 0.2, strength: 0.9 })}
    ${dust(ellipse(470, 915, 380, 44), INK.night, { round: true, from: 0.4, strength: 1 })}
    ${dust(ellipse(1190, 912, 280, 30), INK.night, { round: true, from: 0.5, strength: 1 })}
    ${line(path('M1456 880L1490 500L1330 150'), INK.pine, 20)}${solid(circle(1490, 500, 24), INK.red)}
    ${solid(path('M1370 905C1370 868 1410 856 1456 856S1542 868 1542 905Z'), INK.teal,
      { shade: INK.pine, angle: 0, from: 0.3, strength: 1 })}
    ${times(7, ledger)}
    ${times(9, n => at(1150 + (luck() - 0.5) * 26, 452 - n * 9, `${solid(rect(-156, -9, 312, 9, 2), n % 2
      ? INK.white : INK.clay)}`, { turn: (luck() - 0.5) * 2 }))}
    ${at(1210, 150, `${solid(path('M-128 84C-120 -10 -60 -66 0 -66S120 -10 128 84Z'), INK.teal,
      { shade: INK.pine, angle: 0, from: 0.35, strength: 1 })}${solid(rect(-26, -92, 52, 34, 10), INK.red)}
      ${solid(ellipse(0, 84, 128, 26), INK.pine)}${solid(ellipse(0, 88, 100, 18), INK.white)}
      ${line(path('M-92 46C-82 0 -56 -28 -30 -38'), INK.sage, 8)}`, { turn: 8 })}
    ${line(path('M1330 150L1214 96'), INK.pine, 20)}${solid(circle(1330, 150, 22), INK.red)}
    ${within(rect(975, 380, 400, 500), at(962, 496, solid(rect(-150, -72, 300, 144), INK.night).replace('/>', ' opacity=".5"/>'),
      { turn: -34 }))}
    ${check(946, 462, -34, `${line(circle(50, 10, 58), INK.red, 13)}
      ${line(path('M12 -28L88 48'), INK.red, 15)}`)}
    ${dog}
  `
}
