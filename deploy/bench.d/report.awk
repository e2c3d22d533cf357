# The measures as a table. A line of input: "COUNT PROGRAM", CPU ms, elapsed ms, peak KiB, size of the CIB in bytes.
#
#   awk -F '\t' -v form=text|markdown|verdict -f report.awk
#
# verdict: only the limits that are not kept; the exit status is 1 if there are any.

{ split($1, key, " "); n = key[1]; p = key[2]; cpu[n, p] = $2; wall[n, p] = $3; peak[n, p] = $4; size[n] = $5 }

function seconds(ms) { return sprintf(ms < 1000 ? "%.0f ms" : "%.2f s", ms < 1000 ? ms : ms / 1000) }
function number(n) { return n >= 1000 ? sprintf("%d,%03d", n / 1000, n % 1000) : n }
function ratio(n, p) { return cpu[n, p] / cpu[n, "xmllint"] }

function row(a, b, c, d, e) {
  if (form == "markdown") printf "| %s | %s | %s | %s | %s |\n", a, b, c, d, e
  else if (form == "text") { gsub("`", "", a); printf "%-100s %8s %8s %7s %9s\n", a, b, c, d, e }
}
function program(n, p, what) {
  if ((n, p) in cpu)
    row(what, seconds(cpu[n, p]), seconds(wall[n, p]), sprintf("%.0f MB", peak[n, p] * 1024 / 1e6), sprintf("%.1f", ratio(n, p)))
}
function limit(what, measured, relation, bound,    kept) {
  kept = relation == "at most" ? measured <= bound : measured >= bound
  if (form == "verdict") { if (!kept) { printf "bench: %s: %.2f, %s %s wanted\n", what, measured, relation, bound; failures++ } }
  else if (form == "markdown") printf "| %s | %.2f | %s %s |%s\n", what, measured, relation, bound, kept ? "" : " missed"
  else if (form == "text") { gsub("`", "", what); printf "%-100s %8.2f   %s %s%s\n", what, measured, relation, bound, kept ? "" : "   MISSED" }
}

function programs(n) {
  if (!((n, "xmllint") in cpu)) return
  row(sprintf("%s domUs, CIB of %.1f MB", number(n), size[n] / 1e6), "CPU", "elapsed", "memory", "x xmllint")
  if (form == "markdown") print "|---|--:|--:|--:|--:|"
  program(n, "xmllint", "`xmllint --noout`: reads the CIB")
  program(n, "crmsh", "`crm configure show`: reads the CIB and prints it")
  program(n, "plan", "`plan --quick`: asks git, reads two commits' crm files and the CIB, prints the plan of 7 changes")
  program(n, "worktree", "`plan --quick --worktree`: the same with the files of a checkout")
  program(n, "all", "`plan --quick`, with a `.res` and a `.cfg` file of each domU in each commit")
  program(n, "same", "`plan --quick --root`: the same and the host's files, nothing to change")
  program(n, "files", "`plan --quick --root`: 14 of the host's files to change, `drbdadm` asked")
  program(n, "drbdadm", "what `drbdadm` is asked there, by itself")
  program(n, "import", "`import`, split layout")
  program(n, "import-host", "`import --root`: with the host's files")
  program(n, "validate", "`validate` of the checkout with all files")
  program(n, "whole", "`plan` of the crm files, with `crm_verify` and `crm_simulate`")
  program(n, "asked", "what `crm_verify` and `crm_simulate` are asked there, by themselves")
  program(n, "clusters", "`plan --all` of 1,000 clusters with three domUs each in one repository, with `crm_verify` and `crm_simulate` of each")
  program(n, "git", "`git ls-remote`, which is in each plan")
  program(n, "read-crm", "reading the crm text alone")
  program(n, "read-drbd", "reading the `.res` files alone")
  program(n, "read-xen", "reading the `.cfg` files alone")
  if (form != "verdict") print ""
}

# What one process needs for the same once more.
function again(n, what) { return (cpu[n, what "-11"] - cpu[n, what "-1"]) / 10 }

function ratios(n) {
  if (!((n, "xmllint") in cpu)) return
  at = number(n) " domUs: CPU to that of xmllint, "
  if ((n, "plan") in cpu) limit(at "plan --quick", ratio(n, "plan"), "at most", 3)
  limit(at "with .res and .cfg files in each commit", ratio(n, "all"), "at most", 5)
  limit(at "with the host's files, nothing to change", ratio(n, "same"), "at most", 8)
  limit(at "with 14 files to change, without what drbdadm costs", ratio(n, "files") - ratio(n, "drbdadm"), "at most", 8)
  if (!((n, "import") in cpu)) return
  limit(at "import", ratio(n, "import"), "at most", 15)
  limit(at "import with the host's files", ratio(n, "import-host"), "at most", 15)
  limit(at "validate", ratio(n, "validate"), "at most", 10)
  limit(number(n) " domUs: CPU of a second plan in one process to that of reading the CIB", again(n, "again") / again(n, "cib"), "at most", 1.5)
  limit(number(n) " domUs: the same with the host's files", again(n, "again-host") / again(n, "cib"), "at most", 1.5)
}

function exponent(p, what,    growth) {
  if (!((1000, p) in cpu) || !((10000, p) in cpu)) return
  limit("how it grows from 1,000 to 10,000 domUs, as an exponent: " what, log(cpu[10000, p] / cpu[1000, p]) / log(10), "at most", 1.1)
}
function exponents() {
  exponent("plan", "plan --quick")
  exponent("all", "plan with .res and .cfg files")
  exponent("same", "plan with the host's files")
  exponent("files", "plan with files to change")
  exponent("drbdadm", "drbdadm itself")
  exponent("import", "import")
  exponent("import-host", "import with the host's files")
  exponent("validate", "validate")
  exponent("again-11", "eleven plans in one process")
  exponent("xmllint", "xmllint itself")
}

END {
  programs(1000); programs(5000); programs(10000)
  if (form == "markdown") print "| ratio | measured | wanted |\n|---|--:|--:|"
  ratios(1000); ratios(5000); ratios(10000)
  limit("1,000 domUs: CPU of validate in seconds", cpu[1000, "validate"] / 1000, "at most", 0.6)
  limit("1,000 domUs: CPU of plan to that of crm_verify and crm_simulate", cpu[1000, "whole"] / cpu[1000, "asked"], "at most", 1.3)
  if ((1000, "clusters") in wall) limit("1,000 clusters in one repository: seconds that plan --all takes", wall[1000, "clusters"] / 1000, "at most", 60)
  limit("1,000 domUs: CPU of crm configure show to that of the crm and CIB part (plan --quick less git)",
    cpu[1000, "crmsh"] / (cpu[1000, "plan"] - cpu[1000, "git"]), "at least", 50)
  limit("1,000 domUs: CPU of reading the crm text to that of xmllint", ratio(1000, "read-crm"), "at most", 3)
  limit("microseconds to read a .res file", cpu[1000, "read-drbd"], "at most", 50)
  limit("microseconds to read a .cfg file", cpu[1000, "read-xen"], "at most", 50)
  exponents()
  if ((10000, "plan") in cpu) limit("10,000 domUs: peak memory of plan to the size of the CIB", peak[10000, "plan"] * 1024 / size[10000], "at most", 8)
  exit failures > 0
}
