//! Places for connections: how many there are, how many one address gets, and who goes when
//! there are none left. The server never stops accepting: whoever comes takes the place of
//! whoever has waited longest for nothing.

use super::connection::{Doing, Life};
use crate::{
    config::{Network, Server, contain},
    services::site::ip::household,
};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{sync::Notify, time::Instant};

/// Connections at the same time, where the system allows as many open files.
const CONNECTIONS: usize = 8_000;
/// Open files that are no connections with a place: databases, the search index, pictures, mail
/// servers, and connections that have given theirs away and are not closed yet.
const OTHER_FILES: u64 = 512;
/// So many give their places away at once when all are taken: looking for them means looking
/// at all.
const AT_ONCE: usize = 64;
/// How often the log says that somebody was refused.
const TELLING: Duration = Duration::from_secs(60);

/// What a connection may take.
#[derive(Clone, Debug)]
pub struct Limits {
    /// From the connection to the end of the first request's head.
    pub first: Duration,
    /// From the end of an answer to the end of the next request's head.
    pub idle: Duration,
    /// The same for a proxy of ours, which should be the first to close: longer than Caddy keeps
    /// a connection (2 minutes) and nginx (1 minute).
    pub idle_proxy: Duration,
    /// The longest that a client may leave an answer unread before it is cut off.
    pub unread: Duration,
    /// How long the end of an answer may be on its way when a connection ends (HTTP/2).
    pub leaving: Duration,
    /// A client that has not sent or taken anything for so long may lose its place to another.
    pub hurry: Duration,
    /// The longest that a stop waits for running requests.
    pub stopping: Duration,
    /// Connections at the same time.
    pub connections: usize,
    /// Of one address.
    pub per_address: usize,
    /// Besides all of them, for those who ask whether the server lives.
    pub kept: usize,
    /// Whose connections are not counted by address: they are those of many readers.
    pub proxies: Vec<Network>,
    /// For whom places are kept.
    pub watchers: Vec<Network>,
}

impl Limits {
    /// As the settings say, for a program that may have so many files open.
    pub fn new(server: &Server, files: u64) -> Self {
        let files = usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX);
        Self {
            first: Duration::from_secs(15),
            idle: Duration::from_secs(15),
            idle_proxy: Duration::from_secs(150),
            unread: Duration::from_secs(30),
            leaving: Duration::from_secs(10),
            hurry: Duration::from_secs(1),
            stopping: Duration::from_secs(30),
            connections: CONNECTIONS.min(files).max(16),
            per_address: server.connections_per_address,
            kept: 32,
            proxies: server.trusted_proxies.clone(),
            watchers: server.metrics_for.clone(),
        }
    }
}

/// In which room a connection has its place.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Room {
    /// That of an address.
    Of(String),
    /// That of our proxies.
    Proxies,
    /// What is kept for those who ask whether the server lives.
    Kept,
}

/// All places.
pub struct Places {
    limits: Arc<Limits>,
    taken: Mutex<Taken>,
    /// Connections that are not closed yet, whether they still have their place or not.
    open: AtomicUsize,
    closed: Notify,
}

#[derive(Default)]
struct Taken {
    rooms: HashMap<Room, HashMap<u64, Arc<Life>>>,
    /// Those in all rooms but the kept one.
    all: usize,
    next: u64,
    refused: u64,
    told: Option<Instant>,
}

impl Taken {
    fn count(&self, room: &Room) -> usize {
        self.rooms.get(room).map_or(0, HashMap::len)
    }

    fn leave(&mut self, room: &Room, id: u64) {
        let Some(inside) = self.rooms.get_mut(room) else { return };
        if inside.remove(&id).is_some() && *room != Room::Kept {
            self.all -= 1;
        }
        if inside.is_empty() {
            self.rooms.remove(room);
        }
    }

    /// Sends away those of some rooms who have waited longest: first who waits for nothing, then
    /// who is waited for. Answers how many went.
    fn make_room(&mut self, of: impl Fn(&Room) -> bool, most: usize, hurry: Duration) -> usize {
        let now = Instant::now();
        let mut waiting: Vec<_> = self
            .rooms
            .iter()
            .filter(|(room, _)| of(room))
            .flat_map(|(room, inside)| inside.iter().map(move |(id, life)| (room, *id, life)))
            .filter_map(|(room, id, life)| match life.doing() {
                Doing::Idle(since) => Some(((false, since), room, id, life)),
                Doing::Waiting(since) if since + hurry <= now => Some(((true, since), room, id, life)),
                Doing::Waiting(_) | Doing::Working => None,
            })
            .collect();
        if waiting.len() > most {
            waiting.select_nth_unstable_by_key(most, |(order, ..)| *order);
            waiting.truncate(most);
        }
        let mut leaving = Vec::with_capacity(waiting.len());
        for (_, room, id, life) in waiting {
            life.displace();
            leaving.push((room.clone(), id));
        }
        for (room, id) in &leaving {
            self.leave(room, *id);
        }
        leaving.len()
    }
}

impl Places {
    /// None is taken.
    pub fn new(limits: &Arc<Limits>) -> Arc<Self> {
        Arc::new(Self {
            limits: limits.clone(),
            taken: Mutex::default(),
            open: AtomicUsize::new(0),
            closed: Notify::new(),
        })
    }

    /// Comes true when those who gave their places away are closed, but for a few: each is an
    /// open file until then.
    pub async fn settled(&self) {
        while self.open.load(Ordering::Relaxed) > self.limits.connections + self.limits.kept + AT_ONCE {
            self.closed.notified().await;
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many are taken, those that are kept included.
    #[cfg(test)]
    fn count(&self) -> usize {
        self.taken().rooms.values().map(HashMap::len).sum()
    }

    /// A place for who has come; `None` where there is none.
    pub fn enter(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let limits = &self.limits;
        let proxy = contain(&limits.proxies, peer);
        let room = if proxy { Room::Proxies } else { Room::Of(household(Some(peer))) };
        let mut taken = self.taken();
        let crowded = !proxy && taken.count(&room) >= limits.per_address;
        let mut free = !crowded || taken.make_room(|other| *other == room, 1, limits.hurry) > 0;
        if free && taken.all >= limits.connections {
            // Our proxies' connections are those of many: strangers go first.
            free = taken.make_room(|other| matches!(other, Room::Of(_)), AT_ONCE, limits.hurry) > 0
                || taken.make_room(|other| *other == Room::Proxies, AT_ONCE, limits.hurry) > 0;
        }
        if free {
            return Some(self.place(&mut taken, room, if proxy { limits.idle_proxy } else { limits.idle }));
        }
        let kept = |other: &Room| *other == Room::Kept;
        if contain(&limits.watchers, peer)
            && (taken.count(&Room::Kept) < limits.kept || taken.make_room(kept, 1, limits.hurry) > 0)
        {
            return Some(self.place(&mut taken, Room::Kept, limits.idle));
        }
        taken.refused += 1;
        if taken.told.is_none_or(|told| told.elapsed() >= TELLING) {
            taken.told = Some(Instant::now());
            let (refused, all) = (taken.refused, taken.all);
            tracing::warn!(refused, all, crowded, "there was no place for a connection");
        }
        None
    }

    fn place(self: &Arc<Self>, taken: &mut Taken, room: Room, idle: Duration) -> Place {
        let life = Life::new(&self.limits, idle);
        taken.next += 1;
        let id = taken.next;
        if room != Room::Kept {
            taken.all += 1;
        }
        taken.rooms.entry(room.clone()).or_default().insert(id, life.clone());
        self.open.fetch_add(1, Ordering::Relaxed);
        Place { places: self.clone(), room, id, life }
    }
}

/// A place that is taken; dropped, it is free again.
pub struct Place {
    places: Arc<Places>,
    room: Room,
    id: u64,
    /// The connection that has it.
    pub life: Arc<Life>,
}

impl Place {
    /// It is one of those for who asks whether the server lives, and good for nothing else.
    pub fn is_kept(&self) -> bool {
        self.room == Room::Kept
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken().leave(&self.room, self.id);
        self.places.open.fetch_sub(1, Ordering::Relaxed);
        self.places.closed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Version;

    fn places(connections: usize, per_address: usize) -> Arc<Places> {
        let network = |text: &str| vec![text.parse().unwrap()];
        let second = Duration::from_secs(1);
        Places::new(&Arc::new(Limits {
            first: second,
            idle: second,
            idle_proxy: second,
            unread: second,
            leaving: second,
            hurry: Duration::ZERO,
            stopping: second,
            connections,
            per_address,
            kept: 2,
            proxies: network("10.0.0.0/8"),
            watchers: network("127.0.0.1"),
        }))
    }

    fn enter(places: &Arc<Places>, peer: &str) -> Option<Place> {
        places.enter(peer.parse().unwrap())
    }

    #[test]
    fn one_address_takes_its_share_and_no_more() {
        let places = places(100, 3);
        let mut mine: Vec<_> = (0..3).map(|_| enter(&places, "2001:db8:1:2::1").unwrap()).collect();
        let busy: Vec<_> = mine.iter().map(|place| place.life.request(Version::HTTP_11)).collect();
        assert!(enter(&places, "2001:db8:1:2:ffff::9").is_none(), "the same household");
        assert!(enter(&places, "2001:db8:1:3::1").is_some(), "another one");
        // Who waits for nothing gives way to who comes.
        drop(busy);
        mine.push(enter(&places, "2001:db8:1:2::7").unwrap());
        assert_eq!(places.count(), 3);
        mine.clear();
        assert_eq!(places.count(), 0, "what is left is free, once");
        let proxied: Vec<_> = (0..50).map(|_| enter(&places, "::ffff:10.1.2.3").unwrap()).collect();
        assert_eq!(proxied.iter().filter(|place| place.is_kept()).count(), 0);
    }

    #[test]
    fn when_all_are_taken_the_idle_go_and_health_checks_have_room() {
        let places = places(100, 200);
        let idle: Vec<_> = (0..60).map(|n| enter(&places, &format!("192.0.2.{n}")).unwrap()).collect();
        let busy: Vec<_> = (0..40).map(|n| enter(&places, &format!("198.51.100.{n}")).unwrap()).collect();
        let work: Vec<_> = busy.iter().map(|place| place.life.request(Version::HTTP_11)).collect();
        let comes = enter(&places, "203.0.113.1").unwrap();
        assert_eq!(places.count(), 41, "the idle went, the busy stayed");
        drop((idle, comes));
        let more: Vec<_> = (0..60).map(|n| enter(&places, &format!("192.0.2.{n}")).unwrap()).collect();
        let more_work: Vec<_> = more.iter().map(|place| place.life.request(Version::HTTP_11)).collect();
        assert!(enter(&places, "203.0.113.1").is_none(), "all of them work");
        let check = enter(&places, "127.0.0.1").unwrap();
        assert!(check.is_kept());
        // Checks that say nothing give way to those that come.
        let others = [enter(&places, "127.0.0.1").unwrap(), enter(&places, "127.0.0.1").unwrap()];
        assert!(others.iter().all(Place::is_kept));
        assert_eq!(places.count(), 102);
        drop((work, more_work));
        drop((busy, more, check, others));
        assert_eq!(places.open.load(Ordering::Relaxed), 0, "each is closed once");
        assert!(!enter(&places, "127.0.0.1").unwrap().is_kept());
    }
}
