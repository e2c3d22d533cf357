/* Reads xl configurations through libxlutil, and says what it read.
 *
 *   xlcfg cfg    stdin: "LENGTH KEY KEY...\n", then LENGTH bytes of configuration; again and again.
 *                stdout, for each: "bad\n", or "good", then for each key a space and its value, then "\n".
 *                A value is "-" (not set), "tHEX" (a text) or "l(VALUE VALUE ...)" (a list); of "#KEY" it is the number, or "-".
 *   xlcfg disk   stdin: a specification a line. stdout: "bad\n", or "good" and its parts, texts as above.
 *   xlcfg rate, xlcfg pci   the same for the rate of a network interface, and for a PCI device. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libxlutil.h>

enum { LONGEST = 1 << 20 };

static void print_text(const char *text)
{
    if (!text) { fputs(" -", stdout); return; }
    fputs(" t", stdout);
    for (; *text; text++) printf("%02x", (unsigned char)*text);
}

static void print_list(XLU_Config *cfg, XLU_ConfigList *list)
{
    XLU_ConfigValue *value;
    fputs(" l(", stdout);
    for (int i = 0; (value = xlu_cfg_get_listitem2(list, i)); i++) {
        char *text;
        XLU_ConfigList *inner;
        if (xlu_cfg_value_type(value) == XLU_STRING && !xlu_cfg_value_get_string(cfg, value, &text, 1)) print_text(text);
        else if (!xlu_cfg_value_get_list(cfg, value, &inner, 1)) print_list(cfg, inner);
    }
    fputs(" )", stdout);
}

static void print_number(long long number)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", number);
    print_text(text);
}

static void print_setting(XLU_Config *cfg, const char *key)
{
    long number;
    if (*key == '#') {
        if (!xlu_cfg_get_long(cfg, key + 1, &number, 1)) print_number(number);
        else fputs(" -", stdout);
        return;
    }
    const char *text;
    XLU_ConfigList *list;
    if (!xlu_cfg_get_string(cfg, key, &text, 1)) print_text(text);
    else if (!xlu_cfg_get_list(cfg, key, &list, 0, 1)) print_list(cfg, list);
    else fputs(" -", stdout);
}

static int read_configurations(FILE *null)
{
    static char head[LONGEST], data[LONGEST];
    while (fgets(head, sizeof head, stdin)) {
        char *key = strtok(head, " \n");
        size_t length = key ? strtoul(key, 0, 10) : 0;
        if (length >= sizeof data || fread(data, 1, length, stdin) != length) return 2;
        XLU_Config *cfg = xlu_cfg_init(null, "cfg");
        if (xlu_cfg_readdata(cfg, data, (int)length)) fputs("bad", stdout);
        else {
            fputs("good", stdout);
            while ((key = strtok(0, " \n"))) print_setting(cfg, key);
        }
        putchar('\n');
        xlu_cfg_destroy(cfg);
    }
    return 0;
}

static int read_disk(XLU_Config *cfg, const char *line)
{
    libxl_device_disk disk;
    libxl_device_disk_init(&disk);
    if (xlu_disk_parse(cfg, 1, &line, &disk)) return 0;
    fputs("good", stdout);
    print_text(disk.pdev_path);
    print_text(disk.vdev);
    print_text(disk.script);
    print_text(libxl_disk_format_to_string(disk.format));
    print_text(disk.backend ? libxl_disk_backend_to_string(disk.backend) : 0);
    print_text(disk.backend_domname);
    print_number(disk.is_cdrom);
    print_number(!disk.readwrite);
    print_number(disk.direct_io_safe);
    print_text(libxl_defbool_is_default(disk.discard_enable) ? 0 : libxl_defbool_val(disk.discard_enable) ? "1" : "0");
    libxl_device_disk_dispose(&disk);
    return 1;
}

static int read_rate(XLU_Config *cfg, const char *line)
{
    libxl_device_nic nic;
    libxl_device_nic_init(&nic);
    if (xlu_vif_parse_rate(cfg, line, &nic)) return 0;
    fputs("good", stdout);
    print_number((long long)nic.rate_bytes_per_interval);
    print_number(nic.rate_interval_usecs);
    return 1;
}

static int read_pci(XLU_Config *cfg, const char *line)
{
    char address[32];
    libxl_device_pci pci;
    libxl_device_pci_init(&pci);
    if (xlu_pci_parse_spec_string(cfg, &pci, line)) return 0;
    fputs("good", stdout);
    snprintf(address, sizeof address, "%04x:%02x:%02x.%x", pci.domain, pci.bus, pci.dev, pci.func);
    if (pci.vfunc_mask == LIBXL_PCI_FUNC_ALL) address[strlen(address) - 1] = '*';
    print_text(pci.name ? 0 : address);
    print_text(pci.name);
    return 1;
}

static int read_lines(FILE *null, int (*read_line)(XLU_Config *, const char *))
{
    static char line[LONGEST];
    while (fgets(line, sizeof line, stdin)) {
        XLU_Config *cfg = xlu_cfg_init(null, "line");
        line[strcspn(line, "\n")] = 0;
        if (!read_line(cfg, line)) fputs("bad", stdout);
        putchar('\n');
        xlu_cfg_destroy(cfg);
    }
    return 0;
}

int main(int count, char **arguments)
{
    FILE *null = fopen("/dev/null", "w");
    if (count != 2 || !null) return 64;
    if (!strcmp(arguments[1], "disk")) return read_lines(null, read_disk);
    if (!strcmp(arguments[1], "rate")) return read_lines(null, read_rate);
    if (!strcmp(arguments[1], "pci")) return read_lines(null, read_pci);
    return read_configurations(null);
}
