# The measures as a table. A line of input: "COUNT PROGRAM", CPU ms, elapsed ms, peak KiB, size of the CIB in bytes.
#
#   awk -F '\t' -v form=text|markdown|verdict -f report.awk
#
# verdict: only the limits that are not kept; the exit status is 1 if there are any.

{ split($1, key, " "); n = key[1]; p = key[2]; cpu[n, p] = $2; wall[n, p] = $3; peak[n, p] = $4; size[n] = $5 }

function seconds(ms) { return sprintf(ms < 1000 ? "%.0f ms" : "%.2f s", ms < 1000 ? ms : ms / 1000) }
function number(n) { return n == 10000 ? "10,000" : "1,000" }

function row(a, b, c, d, e) {
  if (form == "markdown") printf "| %s | %s | %s | %s | %s |\n", a, b, c, d, e
  else if (form == "text") { gsub("`", "", a); printf "%-84s %8s %8s %7s %9s\n", a, b, c, d, e }
}
function program(n, p, what) {
  if ((n, p) in cpu)
    row(what, seconds(cpu[n, p]), seconds(wall[n, p]), sprintf("%.0f MB", peak[n, p] * 1024 / 1e6), sprintf("%.1f", cpu[n, p] / cpu[n, "xmllint"]))
}
function limit(what, ratio, relation, bound,    kept) {
  kept = relation == "at most" ? ratio <= bound : ratio >= bound
  if (form == "verdict") { if (!kept) { printf "bench: %s: %.1f, %s %d wanted\n", what, ratio, relation, bound; failures++ } }
  else if (form == "markdown") printf "| %s | %.1f | %s %d |\n", what, ratio, relation, bound
  else if (form == "text") printf "%-84s %8.1f   %s %d\n", what, ratio, relation, bound
}

function programs(n) {
  row(sprintf("%s domUs, CIB of %.1f MB", number(n), size[n] / 1e6), "CPU", "elapsed", "memory", "x xmllint")
  if (form == "markdown") print "|---|--:|--:|--:|--:|"
  program(n, "xmllint", "`xmllint --noout`: reads the CIB")
  program(n, "crmsh", "`crm configure show`: reads the CIB and prints it")
  program(n, "plan", "`coxswain plan`: asks git, reads two commits' crm files and the CIB, prints the plan")
  program(n, "worktree", "`coxswain plan --worktree`: the same with the files of a checkout")
  program(n, "all", "`coxswain plan`, with 1,000 `.res` and 1,000 `.cfg` files in each commit")
  program(n, "git", "`git ls-remote`, which is in each of these")
  program(n, "read-crm", "reading the crm text alone")
  program(n, "read-drbd", "reading 1,000 `.res` files alone")
  program(n, "read-xen", "reading 1,000 `.cfg` files alone")
  if (form != "verdict") print ""
}

END {
  programs(1000)
  if ((10000, "plan") in cpu) programs(10000)
  if (form == "markdown") print "| ratio | measured | wanted |\n|---|--:|--:|"
  part = cpu[1000, "plan"] - cpu[1000, "git"]
  limit("1,000 domUs: CPU of the crm and CIB part (plan less git) to that of xmllint", part / cpu[1000, "xmllint"], "at most", 4)
  limit("1,000 domUs: CPU of crm configure show to that of the crm and CIB part", cpu[1000, "crmsh"] / part, "at least", 50)
  limit("1,000 domUs: CPU of reading the crm text to that of xmllint", cpu[1000, "read-crm"] / cpu[1000, "xmllint"], "at most", 3)
  limit("microseconds to read a .res file", cpu[1000, "read-drbd"], "at most", 50)
  limit("microseconds to read a .cfg file", cpu[1000, "read-xen"], "at most", 50)
  if ((10000, "plan") in cpu) {
    limit("CPU of plan for 10,000 domUs to that for 1,000", cpu[10000, "plan"] / cpu[1000, "plan"], "at most", 12)
    limit("10,000 domUs: peak memory of plan to the size of the CIB", peak[10000, "plan"] * 1024 / size[10000], "at most", 8)
  }
  exit failures > 0
}
