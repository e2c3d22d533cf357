/* Reads xl configurations through libxlutil, and says what it read.
 *
 *   xlcfg cfg    stdin: "LENGTH KEY KEY...\n", then LENGTH bytes of configuration; again and again.
 *                stdout, for each: "bad\n", or "good", then for each key a space and its value, then "\n".
 *                A value is "-" (not set), "tHEX" (a text) or "l(VALUE VALUE ...)" (a list).
 *   xlcfg disk   stdin: a disk specification a line. stdout: "bad\n" or "good TARGET DEVICE SCRIPT READONLY\n", texts as above. */
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

static void print_setting(XLU_Config *cfg, const char *key)
{
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

static int read_disks(FILE *null)
{
    static char line[LONGEST];
    while (fgets(line, sizeof line, stdin)) {
        const char *specification = line;
        XLU_Config *cfg = xlu_cfg_init(null, "disk");
        libxl_device_disk disk;
        libxl_device_disk_init(&disk);
        line[strcspn(line, "\n")] = 0;
        if (xlu_disk_parse(cfg, 1, &specification, &disk)) fputs("bad", stdout);
        else {
            fputs("good", stdout);
            print_text(disk.pdev_path);
            print_text(disk.vdev);
            print_text(disk.script);
            fputs(disk.readwrite ? " no" : " yes", stdout);
        }
        putchar('\n');
        libxl_device_disk_dispose(&disk);
        xlu_cfg_destroy(cfg);
    }
    return 0;
}

int main(int count, char **arguments)
{
    FILE *null = fopen("/dev/null", "w");
    if (count != 2 || !null) return 64;
    return strcmp(arguments[1], "disk") ? read_configurations(null) : read_disks(null);
}
