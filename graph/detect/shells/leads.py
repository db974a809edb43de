"""temp"""
from statistics import fmean
from graph.detect.context import DetectionContext
from graph.detect.finding import Finding
from graph.detect.reason import Reason
from graph.detect.tiers import Bounds, grade
from graph.detect.shells.evidence import read_evidence, with_beside
from graph.detect.shells.groups import belonging, beside, groups
from graph.detect.shells.parameters import ShellParameters
from graph.detect.values import *
from itertools import combinations

def find_shells(context: DetectionContext, parameters: ShellParameters):
    evidence = read_evidence(context, parameters)
    bare = {pair: evidence.bare(pair) for pair in evidence.shared}
    ties = {pair: evidence.weigh(pair).tie(parameters) for pair, alone in bare.items() if not alone}
    linked = {who for pair, tie in ties.items() if tie.total > 0 for who in pair}
    near = {who for pair, tie in ties.items() if tie.tied and not linked.isdisjoint(pair) for who in pair}
    ties |= {pair: evidence.weigh(pair).tie(parameters) for pair, alone in bare.items() if alone and near.issuperset(pair)}
    further = beside(ties, largest=parameters.largest_component)
    evidence = with_beside(context, evidence, further)
    ties |= {pair: evidence.weigh(pair).tie(parameters) for pair in further}
    out=[]
    for g in groups(ties, nothing=evidence.nothing, parameters=parameters):
        mean = fmean(belonging(w, g, ties, evidence.nothing, parameters) for w in g)
        if mean<=0: continue
        tier, score = grade(mean, Bounds(moderate=parameters.moderate, strong=parameters.strong))
        rs=[]
        for pair in combinations(sorted(g),2):
            w=evidence.weigh(pair)
            rs.append(Reason("x"+"".join(c if c.isalnum() else "_" for c in f"{pair[0]}_{pair[1]}__N{w.against_strangers:.1f}_H{w.against_home:.1f}_p{int(w.private)}__"+"__".join(f"{x.code}_{x.strangers:+.1f}_{x.home:+.1f}" for x in w.weights).replace("+","p").replace("-","m")).lower()))
        out.append(Finding(kind="shell", members=tuple(evidence.logins.names[w] for w in g), tier=tier, score=score, reasons=tuple(rs[:40])))
    return tuple(out)
