/// The agents that Debian 12 brings, package by package: what is misspelt can be told where none are installed.
///
/// From the packages of these versions (`dpkg --listfiles`; of drbd-utils 9.22 LINBIT's). A test compares those that are installed.
public struct AgentPackage: Sendable {
    public enum Standard: Hashable, Sendable {
        case ocf(_ provider: String)
        case stonith
    }

    public let name: String
    public let version: String
    public let agents: [AgentName]

    init(_ name: String, _ version: String, _ standard: Standard, _ types: String) {
        self.name = name
        self.version = version
        agents = types.split { $0 == " " || $0 == "\n" }.compactMap { type in
            switch standard {
            case .ocf(let provider): AgentName(standard: "ocf", provider: provider, type: String(type))
            case .stonith: AgentName(standard: "stonith", provider: nil, type: String(type))
            }
        }
    }
}

extension AgentPackage {
    public static let debian12 = [
        AgentPackage(
            "resource-agents", "1:4.12.0-2", .ocf("heartbeat"),
            """
            AoEtarget AudibleAlarm CTDB ClusterMon Delay Dummy EvmsSCC Evmsd Filesystem ICP IPaddr IPaddr2 IPsrcaddr IPv6addr LVM LVM-activate
            LinuxSCSI MailTo ManageRAID ManageVE NodeUtilization Pure-FTPd Raid1 Route SAPDatabase SAPInstance SendArp ServeRAID
            SphinxSearchDaemon Squid Stateful SysInfo VIPArip VirtualDomain WAS WAS6 WinPopup Xen Xinetd ZFS aliyun-vpc-move-ip anything apache
            asterisk aws-vpc-move-ip aws-vpc-route53 awseip awsvip azure-events azure-events-az azure-lb clvm conntrackd corosync-qnetd crypt
            db2 dhcpd dnsupdate docker docker-compose dovecot dummypy eDir88 ethmonitor exportfs fio galera garbd gcp-ilb gcp-pd-move
            gcp-vpc-move-ip gcp-vpc-move-route gcp-vpc-move-vip iSCSILogicalUnit iSCSITarget ids iface-bridge iface-macvlan iface-vlan ipsec
            iscsi jboss jira kamailio ldirectord lvmlockd lxc lxd-info machine-info mariadb mdraid minio mpathpersist mysql mysql-proxy nagios
            named nfsnotify nfsserver nginx nvmet-namespace nvmet-port nvmet-subsystem ocivip openstack-cinder-volume openstack-floating-ip
            openstack-info openstack-virtual-ip oraasm oracle oralsnr ovsmonitor pgagent pgsql pingd podman portblock postfix pound proftpd
            rabbitmq-cluster rabbitmq-server-ha redis rkt rsyncd rsyslog scsi2reservation sfex sg_persist slapd smb-share storage-mon sybaseASE
            symlink syslog-ng tomcat varnish vdo-vol vmware vsftpd zabbixserver
            """),
        AgentPackage(
            "pacemaker-resource-agents", "2.1.5-1+deb12u1", .ocf("pacemaker"),
            """
            ClusterMon Dummy HealthCPU HealthIOWait HealthSMART Stateful SysInfo attribute ifspeed ping
            """),
        AgentPackage(
            "pacemaker", "2.1.5-1+deb12u1", .ocf("pacemaker"),
            """
            controld o2cb remote
            """),
        AgentPackage(
            "booth-pacemaker", "1.0-283-g9d4029a-2+deb12u1", .ocf("pacemaker"),
            """
            booth-site
            """),
        AgentPackage(
            "booth-pacemaker", "1.0-283-g9d4029a-2+deb12u1", .ocf("booth"),
            """
            geostore sharedrsc
            """),
        AgentPackage(
            "drbd-utils", "9.22.0-1", .ocf("linbit"),
            """
            drbd drbd-attr
            """),
        AgentPackage(
            "pacemaker", "2.1.5-1+deb12u1", .stonith,
            """
            fence_legacy fence_watchdog
            """),
        AgentPackage(
            "fence-agents", "4.12.1-1", .stonith,
            """
            fence_ack_manual fence_aliyun fence_alom fence_amt fence_apc fence_apc_snmp fence_aws fence_azure_arm fence_bladecenter
            fence_brocade fence_cdu fence_cisco_mds fence_cisco_ucs fence_compute fence_crosslink fence_cyberpower_ssh fence_docker fence_drac
            fence_drac5 fence_dummy fence_eaton_snmp fence_ecloud fence_emerson fence_eps fence_evacuate fence_gce fence_hds_cb
            fence_heuristics_ping fence_hpblade fence_ibm_powervs fence_ibm_vpc fence_ibmblade fence_ibmz fence_idrac fence_ifmib fence_ilo
            fence_ilo2 fence_ilo3 fence_ilo3_ssh fence_ilo4 fence_ilo4_ssh fence_ilo5 fence_ilo5_ssh fence_ilo_moonshot fence_ilo_mp
            fence_ilo_ssh fence_imm fence_intelmodular fence_ipdu fence_ipmilan fence_ipmilanplus fence_ironic fence_kdump fence_kubevirt
            fence_ldom fence_lindypdu fence_lpar fence_mpath fence_netio fence_openstack fence_ovh fence_powerman fence_pve fence_raritan
            fence_raritan_px3 fence_rcd_serial fence_redfish fence_rhevm fence_rsa fence_rsb fence_sanbox2 fence_sbd fence_scsi fence_skalar
            fence_tripplite_snmp fence_vbox fence_virsh fence_vmware fence_vmware_rest fence_vmware_soap fence_vmware_vcloud fence_wti
            fence_xenapi fence_zvmip
            """),
        AgentPackage(
            "fence-virt", "4.12.1-1", .stonith,
            """
            fence_virt fence_xvm
            """),
        AgentPackage(
            "cluster-glue", "1.0.12-21+b2", .stonith,
            """
            apcmaster apcmastersnmp apcsmart baytech bladehpi cyclades drac3 external/drac5 external/dracmc-telnet external/hetzner
            external/hmchttp external/ibmrsa external/ibmrsa-telnet external/ipmi external/ippower9258 external/kdumpcheck external/libvirt
            external/nut external/rackpdu external/riloe external/ssh external/vcenter external/vmware external/xen0 external/xen0-ha ibmhmc
            ipmilan meatware null nw_rpc100s rcd_serial rps10 ssh suicide wti_mpc wti_nps
            """),
    ]
}
