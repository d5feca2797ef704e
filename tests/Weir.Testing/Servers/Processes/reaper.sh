# Ends what a test process started, once that process is gone: however it dies, its end of our standard input closes.
# $1: the session's folder. $2: the label of the session's containers.
# Whoever reads the test process's output must not have to wait for us.
exec >/dev/null 2>&1
folder=$1
label=$2
groups=" "
containers=no

while read -r verb group; do
    case $verb in
        watch) groups="$groups$group " ;;
        forget) case $groups in *" $group "*) groups="${groups%% $group *} ${groups#* $group }" ;; esac ;;
        containers) containers=yes ;;
    esac
done

# Database backends leave their leader's group, so what descends from a group goes with it.
# After the name in brackets, stat says: state, parent, group.
doomed=$groups
for generation in 1 2 3; do
    for stat in /proc/[0-9]*/stat; do
        read -r line <"$stat" || continue
        pid=${line%% *}
        set -- ${line##*) }
        case $doomed in *" $pid "*) continue ;; esac
        case $doomed in *" $2 "* | *" $3 "*) doomed="$doomed$pid " ;; esac
    done
done
for pid in $doomed; do kill -s KILL "$pid"; done

# A database that was killed leaves its shared memory; the pid file's seventh line says "key id".
for file in "$folder"/*/data/postmaster.pid; do
    [ -f "$file" ] && ipcrm -m "$(sed -n '7s/.* //p' "$file")"
done

# The dying may still write for a moment.
for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    rm -rf -- "$folder" && break
    sleep 0.1
done

if [ "$containers" = yes ]; then
    docker ps -aq --filter "label=$label" | xargs -r docker rm -fv
    docker network ls -q --filter "label=$label" | xargs -r docker network rm
fi
