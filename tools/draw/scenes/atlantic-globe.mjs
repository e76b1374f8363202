// A globe centred on the Atlantic; red and white lines link cities of North America and Europe.
import { INK, circle, path, rect, times } from '../ink.mjs'

// Land as simplified outlines: longitude and latitude of each corner, in degrees.
const LAND = [
  `-166,68 -156,71 -141,70 -128,70 -115,68 -108,68 -96,68 -94,72 -90,69 -85,69.5 -82,67 -86,66 -88,64 -94,61 -93,58
   -88,56.5 -82,55 -82,53 -80,51.3 -79,54.5 -76.5,57 -78,60 -78,62.3 -73,62 -70,61 -69,58.5 -66,58.8 -64.5,60.3 -62,57
   -60,55 -56,52 -59,50.2 -66,50 -70,47.2 -65,49 -64,46.5 -61,46 -65,43.5 -66.5,45 -70,43.6 -70.8,42.6 -70,41.7
   -74,40.6
   -76,38 -76,35.3 -78,34 -81,32 -81.3,30 -80,26.5 -80.6,25.2 -82.5,27.5 -83.5,30 -88,30.4 -90,29.2 -94,29.6 -97.3,27.5
   -97.5,23 -96,19.5 -92,18.5 -90.5,19.5 -90,21.3 -87,21.5 -87.8,18 -88.5,15.9 -83.3,15 -83.6,11 -81,8.8 -79,9.5
   -77.5,8.5
   -78,7.5 -80,7.4 -83,8.3 -86,11 -88,13.2 -92,14.5 -95,16 -99,16.8 -105,20 -106,23.5 -109,26 -112.5,30 -114.5,31.5
   -112,27 -109.5,23 -112,25 -115,29 -117,32.5 -120.5,34.5 -122,37 -124.3,40.5 -124,46 -123,49 -127,51 -130,55 -134,58
   -140,60 -147,61 -152,59 -158,56.5 -164,54.6 -158,58.5 -162,59 -166,61.5 -161,64.5 -167,65.5`,
  '-80,73.5 -72,71.5 -68,70 -62,66.5 -65,65 -64,63 -66,62 -71,63.5 -78,65 -73,68 -80,70 -89,70.5 -89,73',
  '-117,73 -105,73 -101,69 -116,69', '-90,76.5 -80,76 -75,78.5 -62,82.5 -70,83.2 -90,82',
  '-125,72 -120,74.5 -117,73.5 -121,71.3',
  '-86,65.5 -81,64 -86,63.5', '-95,77 -80,75.5 -80,74.6 -92,74.8', '-59,47.7 -57,50.5 -55.5,51.5 -53,48.5 -53.5,46.7',
  `-73,78.3 -60,82 -33,83.6 -12,81.5 -20,76 -22,72 -25,70.5 -32,68 -38,66 -40,65 -43,60 -48,61 -51,64 -54,67 -51,69.5
   -55,71.5
   -56,73.5 -62,76 -70,76`,
  '-24,65.5 -22,64 -18.8,63.4 -14,64.8 -15,66.3 -20,66 -22.5,66.4', '-84.8,22 -80,23 -74.2,20.2 -78,20.7',
  '-74.3,18.5 -73,19.9 -68.5,18.5 -71,17.8',
  '-10,52 -10,54 -7.3,55.3 -5.8,54.5 -6.2,52.2',
  `-5.5,50.1 -3.5,51.4 -5,51.7 -4.5,53 -3,54 -5,55 -6,57 -5,58.6 -3,58.6 -4,57.6 -2,57.6
   -1.8,55.5 0,53 1.7,52.6 0.8,51 -2,50.6`,
  `-9,37 -9.4,38.8 -8.8,43.2 -2,43.4 -1.2,45 -2,47.2 -4.7,48.2 -1.5,48.7 -1.5,49.6 1.5,50.2 4,51.8 5,53.3 8.5,53.8
   8.2,56.5 10.5,57.6
   10.5,55 11,54 14,54 18.7,54.5 21,55.5 21.5,57.5 24.2,57.2 23.5,59.2 30,60 25,60.2 21.5,61 21.5,63 25,65 24,65.8
   21.5,65 17.5,62
   18.5,60 16.5,57 14.3,55.5 12.8,55.8 11.3,59 8,58.1 5.3,59.5 5,62 10,64 14,67.5 19,70 25.5,71 31,70.3 41,67 40,66.2
   33,66.6 38,64.2
   44,66.2 44,68.3 54,68.5 60,69 68,68.5 67,72.5 73,71.5 80,73 100,77 113,74 130,71.5 140,72.5 160,70 178,69 178,64
   163,60 160,52 150,59 138,54 135,44 125,38 120,34 112,30 104,30 96,30 88,29
   80,27 70,26 60,25
   50,28 48,30 51,25 56,25 59,22 52,16 45,13 43,15 35,28 34.5,31.5 36,36.5 30.5,36.5 27.3,37 26.3,40 29,41 35,42
   41,41.3 37,44.7
   39,47.2 35,46.3 33.5,44.6 31,46.5 28.5,43.5 28,41.5 26,40.7 23,40.4 24,38 23,36.5 21.3,37.5 19.5,41 19,42 13.7,45
   12.4,45 12.5,44
   16,41.8 18.4,40 16.8,40.3 16.2,38 15.6,40 12.4,41.7 10.2,43.9 8.7,44.4 6,43.1 3.2,43.2 3,41.8 0,40 -0.3,38.5
   -2,36.8 -5.6,36.1 -6.5,37`,
  '12.5,38 15.5,38.2 15,36.8', '8.3,39 8.5,41 9.6,40.8 9.5,39.1', '8.7,42 9.4,42.9 9.4,41.5', '12,79.5 25,80 20,77',
  '52,71 57,74 68,77 58,73.5',
  `-6,35.8 -2,35.2 3,36.9 10,37.3 11,34 15,32.3 20,31 22,32.8 30,31.2 32.5,31.2 35,27 38,20 43,12 51,12 44,0 40,-5
   40,-15 35,-24 28,-33
   18,-34 12,-18 13,-8 9,0 9,4 4,6.3 -3,5 -8,4.4 -13,8 -17,13 -16.5,20 -13,27 -9.5,31`,
  `-77.5,8.5 -75,11 -72,12 -64,10.5 -60,8.5 -52,5 -50,0 -44,-2.5 -35,-6 -38,-13 -40,-20 -48,-26 -58,-35 -65,-45
   -74,-50 -72,-30
   -70,-18 -76,-14 -81,-6 -80,0 -77.5,4`,
]
const LAKES = ['-92,46.7 -88,49 -84.6,47.5 -85,46.2 -88,46.4',
'-87.8,41.6 -88,44 -85,46.2 -80,46 -79.8,44.6 -82.4,43 -83.4,45.4 -85,45.2 -86.3,43',
'47,45 51,46.8 53,44 50,41 54,37 49,37.5']

const [X, Y, R] = [800, 596, 520]
const turn = Math.PI / 180

// A place as a point of the unit sphere: to the right, upwards, and towards the eye.
const point = ([longitude, latitude]) => {
  const [l, p, p0] = [(longitude + 36) * turn, latitude * turn, 47 * turn]
  return [
    Math.cos(p) * Math.sin(l),
    Math.cos(p0) * Math.sin(p) - Math.sin(p0) * Math.cos(p) * Math.cos(l),
    Math.sin(p0) * Math.sin(p) + Math.cos(p0) * Math.cos(p) * Math.cos(l),
  ]
}
const screen = ([x, y]) => `${(X + x * R).toFixed(1)} ${(Y - y * R).toFixed(1)}`

// What lies behind the globe is pulled to its rim; corners are rounded.
const outline = text => {
  const corners = text.trim().split(/\s+/).map(c => point(c.split(',').map(Number)))
  const seen = corners.map(([x, y, z]) => (z < 0 ? [x, y].map(v => v * 1.02 / Math.hypot(x, y)) : [x, y]))
  const near = (a, b) => screen(a.map((v, k) => v + (b[k] - v) * 0.3))
  return `M${seen.map((p, n) => {
    const [before, after] = [seen.at(n - 1), seen[(n + 1) % seen.length]]
    return `${near(p, before)}Q${screen(p)} ${near(p, after)}`
  }).join('L')}Z`
}
const grid = places => {
  let pen = 'M'
  return places.map(point).map(p => {
    const step = p[2] > 0 ? pen + screen(p) : ''
    pen = p[2] > 0 ? 'L' : 'M'
    return step
  }).join('')
}

// The shortest way from one city to another, as an arch.
const flight = (from, to) => {
  const [a, b] = [point(from), point(to)]
  const angle = Math.acos(a.reduce((sum, v, n) => sum + v * b[n], 0))
  return 'M' + Array.from({ length: 25 }, (_, n) => {
    const t = n / 24
    const p = a.map((v, k) => (v * Math.sin((1 - t) * angle) + b[k] * Math.sin(t * angle)) / Math.sin(angle))
    return screen([p[0], p[1] + angle * 0.24 * Math.sin(t * Math.PI)])
  }).join('L')
}

const WEST = [[-77, 38.9], [-75.7, 45.4], [-73.5, 40.8], [-63.6, 44.7]]
const EAST = [[-9.1, 38.7], [0, 51.5], [2.3, 48.9], [12.5, 41.9], [10.7, 59.9], [-21.9, 64.1], [13.4, 52.5],
  [32.8, 39.9], [21, 52.2]]
const LINKS = [[0, 0], [0, 3], [0, 2], [2, 1], [1, 4], [1, 6], [3, 5], [2, 7], [0, 8]]

export const draw = ({ solid, dust, line, within }) => {
  const ball = circle(X, Y, R)
  const city = place => `${solid(circle(...screen(point(place)).split(' '), 13), INK.white)}
    ${solid(circle(...screen(point(place)).split(' '), 7.5), INK.red)}`
  return `
    ${solid(rect(0, 0, 1600, 1067), INK.brick)}
    ${solid(circle(X, Y, 830), INK.red, { shade: INK.brick, round: true, from: 0.7, strength: 0.8 })}
    ${solid(circle(X, Y, 640), INK.gold, { shade: INK.red, angle: 50, from: 0.35, strength: 0.9 })}
    ${dust(circle(X + 50, Y + 40, R + 40), INK.brick, { round: true, from: 0.86, strength: 1 })}
    ${solid(ball, INK.navy, { shade: INK.blue, angle: 215, from: 0.45, strength: 0.9 })}
    ${within(ball, `
      ${line(path(times(12, n => grid(Array.from({ length: 61 }, (_, k) => [n * 30, -80 + k * 2.7])))
        + times(10, n => grid(Array.from({ length: 91 }, (_, k) => [k * 4, -60 + n * 15])))),
          INK.sage, 2, 'opacity="0.5"')}
      ${solid(path(LAND.map(outline).join('')), INK.cream, { shade: INK.ochre, angle: 38, from: 0.45, strength: 1 })}
      ${line(path(LAND.map(outline).join('')), INK.night, 3, 'opacity="0.55"')}
      ${solid(path(LAKES.map(outline).join('')), INK.navy)}
      ${dust(path(`M0 0H1600V1067H0Z M${X - 90} ${Y - 80}m-${R} 0a${R} ${R} 0 0 0 ${2 * R} 0a${R}
        ${R} 0 0 0 -${2 * R} 0Z`),
        INK.night, { angle: 40, from: 0.2, strength: 1.15 })}
    `)}
    ${dust(circle(X, Y, R), INK.night, { angle: 40, from: 0.52, strength: 0.75 })}
    ${line(path(LINKS.map(([w, e]) => flight(WEST[w], EAST[e])).join('')), INK.night, 13, 'opacity="0.45"')}
    ${LINKS.map(([w, e], n) => line(path(flight(WEST[w], EAST[e])), n % 2 ? INK.white : INK.red, 6.5)).join('')}
    ${[...WEST, ...EAST].map(city).join('')}
  `
}
