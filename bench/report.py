"""A table, the goals and a plot of what bench/run has measured."""

import math

COLUMNS = [("system", "<", 22), ("members", ">", 8), ("deliveries/CPU s", ">", 17), ("p50 ms", ">", 8), ("p99 ms", ">", 8),
           ("KiB/member", ">", 11), ("connect CPU ms", ">", 15), ("idle CPU %", ">", 11)]


def name(result) -> str:
    if result["system"] == "raw":
        return "raw epoll + TLS 1.3"
    return result["system"] + (", TLS" if result["tls"] else "")


def table(results) -> str:
    def number(result, field, form):
        return format(result[field], form) if field in result else "–"

    rows = [[title for title, _, _ in COLUMNS]]
    for result in results:
        rows.append([name(result), f"{result['members']:,}", number(result, "deliveries_per_cpu_s", ",.0f"),
                     number(result, "p50_ms", ".2f"), number(result, "p99_ms", ".2f"),
                     number(result, "kib_per_member", ".1f"), number(result, "connect_cpu_ms", ".2f"),
                     number(result, "idle_cpu_percent", ".1f")])
    return "\n".join("".join(format(cell, f"{side}{width}") for cell, (_, side, width) in zip(row, COLUMNS))
                     for row in rows)


def goals(results) -> list[dict]:
    """Each goal that this run can tell something about: what was wanted and what it came to."""
    def find(system, members):
        return next((r for r in results if r["system"] == system and r["tls"] and r["members"] == members), {})

    told = []

    def tell(goal, value, reached):
        told.append({"goal": goal, "value": round(value, 3), "reached": bool(reached)})

    for members in sorted({r["members"] for r in results}):
        own, nats, raw = find("earshot", members), find("nats", members), find("raw", members)
        wanted = {100: 1.5, 1000: 2.5}.get(members)
        speed = own.get("deliveries_per_cpu_s")
        if speed and nats.get("deliveries_per_cpu_s") and wanted:
            ratio = speed / nats["deliveries_per_cpu_s"]
            tell(f"deliveries per CPU second at {members:,} members: at least {wanted} of NATS with TLS", ratio,
                 ratio >= wanted)
        if speed and raw.get("deliveries_per_cpu_s"):
            ratio = speed / raw["deliveries_per_cpu_s"]
            tell(f"deliveries per CPU second at {members:,} members: at least 0.8 of the raw limit", ratio, ratio >= 0.8)
        if "p99_ms" in own and nats.get("p99_ms") and members <= 1000:
            ratio = own["p99_ms"] / nats["p99_ms"]
            tell(f"99 % heard in time at {members:,} members: at most 1.0 of NATS with TLS", ratio, ratio <= 1)
        if "kib_per_member" in own and members >= 1000:
            tell(f"KiB of an idle member at {members:,} members: at most 16", own["kib_per_member"],
                 own["kib_per_member"] <= 16)
        if "came_back" in own:
            value = own.get("back_in_s", math.inf)
            tell(f"{members:,} members back after a restart: within 10 s", value, value <= 10)
    return told


def goal_lines(told) -> str:
    return "\n".join(f"{'reached' if goal['reached'] else 'MISSED '}  {goal['value']:>8}  {goal['goal']}"
                     for goal in told)


WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 78, 190, 44, 52
COLORS = {"earshot": "#c2410c", "nats": "#2563eb", "redis": "#dc2626", "mosquitto": "#7c3aed", "inspircd": "#059669",
          "raw": "#6b7280"}


def plot(results) -> str:
    """CPU of a delivery in microseconds against the members, both logarithmic; dashes are without TLS."""
    shown = [r for r in results if r.get("deliveries_per_cpu_s")]
    lines = {}
    for result in sorted(shown, key=lambda r: r["members"]):
        cost = 1e6 / result["deliveries_per_cpu_s"]
        lines.setdefault((result["system"], result["tls"]), []).append((result["members"], cost))
    costs = [cost for line in lines.values() for _, cost in line]
    members = sorted({count for line in lines.values() for count, _ in line})
    low, high = math.floor(math.log10(min(costs))), math.ceil(math.log10(max(costs)))

    def x(count):
        span = math.log10(members[-1] / members[0]) or 1
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log10(count / members[0]) / span

    def y(cost):
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - math.log10(cost)) / (high - low)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
           'font-size="13" role="img" aria-label="CPU time of a delivery against the number of members">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
           f'<text x="{LEFT}" y="22" font-size="15" fill="#111827">CPU time of one delivery, in microseconds '
           '(lower is better)</text>']
    for power in range(low, high + 1):
        for step in range(1, 10) if power < high else (1,):
            at = y(step * 10.0**power)
            out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}" '
                       f'stroke="{"#d1d5db" if step == 1 else "#f3f4f6"}"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y(10.0**power) + 4:.1f}" text-anchor="end" fill="#374151">'
                   f'{10.0**power:g}</text>')
    for count in members:
        out.append(f'<text x="{x(count):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle" fill="#374151">'
                   f'{count:,}</text>')
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle" fill="#374151">'
               'members</text>')
    taken = []
    for (system, tls), line in sorted(lines.items(), key=lambda item: -item[1][-1][1]):
        points = " ".join(f"{x(count):.1f},{y(cost):.1f}" for count, cost in line)
        dash = "" if tls else ' stroke-dasharray="5 4"'
        width = 3 if system == "earshot" else 1.6
        out.append(f'<polyline points="{points}" fill="none" stroke="{COLORS[system]}" stroke-width="{width}"{dash}/>')
        out += [f'<circle cx="{x(count):.1f}" cy="{y(cost):.1f}" r="3" fill="{COLORS[system]}"/>'
                for count, cost in line]
        at = y(line[-1][1]) + 4
        while any(abs(at - other) < 15 for other in taken):
            at += 1
        taken.append(at)
        label = name({"system": system, "tls": tls})
        weight = ' font-weight="bold"' if system == "earshot" else ""
        out.append(f'<text x="{WIDTH - RIGHT + 12}" y="{at:.1f}" fill="{COLORS[system]}"{weight}>{label}</text>')
    return "\n".join(out + ["</svg>"]) + "\n"
