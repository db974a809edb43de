"""Which settings of the sample platform were set aside, so that no detector was tuned on them?

Written down on 2026-11-24, before the detections of the second version were tuned.  Tuning looks at ``sample`` alone;
the others are only reported.  They are not to be changed after a look at their figures: a new one is added instead.
Three more were written down later that night, before the third round of tuning, since the others had been seen; the
last, with rooms visited to find minors, before its first look, when rooms had been tuned on settings of their own.
"""

from datetime import date

from workbench.sample.world import World

TUNED = "sample"

WORLDS: dict[str, World] = {
    TUNED: World(),
    "small-quiet": World(accounts=(500, 700), days=(30, 45), activity=0.6, hubs=(4, 6), crews=(2, 3), rings=(3, 5)),
    "large-busy": World(accounts=(3_600, 4_200), days=(60, 75), activity=1.5, room_count=(20, 26)),
    "few-minors": World(minors=0.15),
    "many-minors": World(minors=0.60),
    "no-rooms": World(rooms=False),
    "no-sessions": World(sessions=False),
    "half-ages": World(missing_ages=0.5),
    "night-large-crews": World(
        rhythm="night", start=date(2023, 9, 18), zone="America/New_York", crew_size=(5, 9), victims=(3, 7),
        ring_size=(2, 7),
    ),
    "flat-liars": World(rhythm="flat", lies=0.16, stated_ages=0.35, look_alikes=1.5),
    "young-weekend": World(minors=0.55, rhythm="weekend", zone="America/Toronto", missing_ages=0.35),
    "no-sessions-flat": World(sessions=False, accounts=(900, 1_300), rhythm="flat", rings=(5, 7)),
    "small-busy": World(
        accounts=(450, 650), days=(45, 60), activity=1.4, hubs=(4, 6), crews=(2, 3), rings=(3, 5), room_count=(7, 9)
    ),
    "hunting-rooms": World(
        hunting_rooms=(1, 2), kindred_rooms=(4, 6), minors=0.42, rhythm="weekend", missing_ages=0.3
    ),
}
