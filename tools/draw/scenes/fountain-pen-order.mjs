// A large fountain pen signs a document; a small portico is engraved on its nib.
import { INK, circle, path, polygon, rect, times } from '../ink.mjs'

export const draw = ({ solid, dust, line, at }) => {
  const lines = [1, 0.94, 1, 0.62, 0, 1, 0.96, 1, 0.9, 0.48]
  const star = times(10, n => {
    const [a, d] = [(n * 36 - 90) * Math.PI / 180, n % 2 ? 17 : 40]
    return `${(d * Math.cos(a)).toFixed(1)},${(d * Math.sin(a)).toFixed(1)} `
  }).trim()
  const sheet = `
    ${solid(path('M-520 -560H480V760H-520Z'), INK.sand)}
    ${at(-14, 12, solid(path('M-520 -560H480V760H-520Z'),
      INK.white, { shade: INK.sand, angle: 40, from: 0.35, strength: 1 }))}
    ${line(path('M-486 -512H416V720H-486Z'), INK.gold, 5)}
    ${solid(circle(-34, -338, 60), INK.gold, { shade: INK.ochre, angle: 40, from: 0.2 })}
    ${times(24, n => at(-34, -338, solid(circle(0, -60, 8), INK.gold), { turn: n * 15 }))}
    ${at(-34, -338, solid(polygon(star), INK.white))}
    ${line(path('M-240 -240H172'), INK.navy, 18)}${line(path('M-150 -202H82'), INK.red, 12)}
    ${line(path(lines.map((part, n) => (part ? `M-420
      ${-150 + n * 43}H${(-420 + 772 * part).toFixed()}` : '')).join('')), INK.blue, 13)}
    ${line(path('M-430 392H240'), INK.navy, 5)}`
  // The pen lies along the x axis; its point is at the origin.
  const pen = `
    ${solid(path('M0 0Q70 -34 128 -84Q176 -106 250 -84V84Q176 106 128 84Q70 34 0 0Z'),
      INK.gold, { shade: INK.ochre, angle: 90, from: 0.4, strength: 1 })}
    ${solid(path('M40 -16Q84 -46 132 -78Q176 -96 248 -76V-52Q150 -60 40 -16Z'), INK.cream)}
    ${line(path('M4 0H112'), INK.night, 6)}${solid(circle(126, 0, 15), INK.night)}
    ${at(196, 0, `${solid(polygon('-44,-22 44,-22 0,-50'), INK.umber)}
    ${solid(path('M-42 -18H42V-10H-42ZM-42 28H42V36H-42ZM-48 38H48V46H-48Z'), INK.umber)}
      ${solid(path(times(4, n => `M${-37 + n * 21} -8h11v34h-11Z`)), INK.umber)}`, { turn: 90, scale: 1.05 })}
    ${solid(path('M250 -84Q250 -100 268 -104L424 -130V130L268 104Q250 100 250 84Z'),
      INK.night, { shade: INK.blue, angle: 270, from: 0.3, strength: 1 })}
    ${solid(rect(420, -138, 34, 276, 6), INK.gold, { shade: INK.ochre, from: 0.3, strength: 1 })}
    ${line(path('M430 -136V136'), INK.white, 5)}
    ${solid(path('M454 -134L1500 -170V170L454 134Z'),
      INK.navy, { shade: INK.night, angle: 90, from: 0.3, strength: 1 })}
    ${dust(path('M454 -134L1500 -170V-20H454Z'), INK.blue, { angle: 270, from: 0.1, strength: 1 })}
    ${solid(path('M500 -92L1500 -118V-90L500 -68Q486 -80 500 -92Z'), INK.sage)}
    ${solid(rect(730, -150, 18, 300), INK.gold)}${solid(rect(764, -150, 9, 300), INK.gold)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.red, { shade: INK.brick, angle: 30, from: 0.2, strength: 0.95 })}
    ${dust(rect(0, 0, 760, 700), INK.gold, { angle: 225, from: 0.45, strength: 0.7 })}
    ${line(path('M-20 890L1620 560M-20 500L1620 170M-20 110L700 -40M900 1080L1620 930'), INK.brick, 5)}
    ${at(690, 470, `${dust(path('M-490 -500H514V760H-490Z'),
      INK.umber, { angle: 0, from: -0.4, strength: 1 })}${sheet}`, { turn: -9 })}
    ${at(690, 470, line(path('M-400 350C-372 250 -330 262 -338 330C-346 396 -300 366 -270 300' +
      'C-250 250 -214 270 -230 330C-240 380 -196 352 -172 306C-150 270 -126 292 -138 334' +
      'C-148 372 -100 344 -84 310C-64 280 -44 306 -34 330Q-10 360 60 300Q118 280 168 314'),
      INK.red, 17), { turn: -9 })}
    ${at(905, 752, `${dust(path('M0 6L250 -60L424 -90L1500 -60V300L424 210L250 130Z'),
      INK.night, { angle: 180, from: -0.5, strength: 1 })}`, { turn: -24 })}
    ${at(905, 752, pen, { turn: -50 })}
    ${solid(circle(905, 752, 9), INK.red)}
  `
}
