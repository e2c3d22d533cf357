// What libxl makes of the names of disks, one on each line: the number of the device, negative where it refuses it.
#include <stdio.h>
#include <string.h>

int libxl__device_disk_dev_number(const char *virtpath, int *disk, int *partition);

int main(void) {
    char name[4096];
    while (fgets(name, sizeof name, stdin)) {
        name[strcspn(name, "\n")] = 0;
        printf("%d\n", libxl__device_disk_dev_number(name, NULL, NULL));
    }
    return 0;
}
