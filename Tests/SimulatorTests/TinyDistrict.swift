/// The whole truth of a district of one school and three students, as text: read line by line against
/// docs/canonical-model.md, and equal to what an independent reader made of the served payloads.
enum TinyDistrict {
  static let truth = #"""
    {"kind":"academicSession","sourcedId":"200","identifiers":[{"type":"termId","value":"3500"}],"title":"2025-2026","sessionType":"schoolYear","schoolYear":2026,"code":"YR","school":"3","beginDate":"2025-08-11","endDate":"2026-05-29"}
    {"kind":"academicSession","sourcedId":"201","identifiers":[{"type":"termId","value":"3501"}],"parent":"200","title":"Trimester 1","sessionType":"term","schoolYear":2026,"code":"T1","school":"3","beginDate":"2025-08-11","endDate":"2025-11-14"}
    {"kind":"academicSession","sourcedId":"202","identifiers":[{"type":"termId","value":"3502"}],"parent":"200","title":"Trimester 2","sessionType":"term","schoolYear":2026,"code":"T2","school":"3","beginDate":"2025-11-17","endDate":"2026-02-27"}
    {"kind":"academicSession","sourcedId":"203","identifiers":[{"type":"termId","value":"3503"}],"parent":"200","title":"Trimester 3","sessionType":"term","schoolYear":2026,"code":"T3","school":"3","beginDate":"2026-03-02","endDate":"2026-05-29"}
    {"kind":"class","sourcedId":"30000","code":"01","classType":"scheduled","course":"5064","school":"3","sessions":["200"],"periods":["1(A-B)"]}
    {"kind":"class","sourcedId":"30001","code":"01","classType":"scheduled","course":"6088","school":"3","sessions":["200"],"periods":["1(A-B)"]}
    {"kind":"course","sourcedId":"5064","title":"Mathematics Pre-K","code":"MA01-1"}
    {"kind":"course","sourcedId":"5128","title":"Mathematics K","code":"MA02-1"}
    {"kind":"course","sourcedId":"5192","title":"Mathematics 1","code":"MA03-1"}
    {"kind":"course","sourcedId":"5256","title":"Mathematics 2","code":"MA04-1"}
    {"kind":"course","sourcedId":"5320","title":"Mathematics 3","code":"MA05-1"}
    {"kind":"course","sourcedId":"5384","title":"Mathematics 4","code":"MA06-1"}
    {"kind":"course","sourcedId":"5448","title":"Mathematics 5","code":"MA07-1"}
    {"kind":"course","sourcedId":"6088","title":"Study Hall / Étude","code":"ZZHALL"}
    {"kind":"demographics","sourcedId":"S4001","birthDate":"2021-06-14","sex":"male"}
    {"kind":"demographics","sourcedId":"S4002","birthDate":"2021-03-29","sex":"female"}
    {"kind":"demographics","sourcedId":"S4003","birthDate":"2021-02-19","sex":"female"}
    {"kind":"enrollment","sourcedId":"30000-T501","school":"3","user":"T501","class":"30000","role":"teacher","primary":true}
    {"kind":"enrollment","sourcedId":"30001-T501","school":"3","user":"T501","class":"30001","role":"teacher","primary":true}
    {"kind":"enrollment","sourcedId":"90001","school":"3","user":"S4001","class":"30000","role":"student","beginDate":"2025-08-11","endDate":"2026-05-29"}
    {"kind":"enrollment","sourcedId":"90002","school":"3","user":"S4002","class":"30000","role":"student","beginDate":"2025-08-11"}
    {"kind":"enrollment","sourcedId":"90003","school":"3","user":"S4003","class":"30000","role":"student","beginDate":"2025-08-11","endDate":"2026-05-29"}
    {"kind":"org","sourcedId":"3","identifiers":[{"type":"schoolNumber","value":"20"},{"type":"stateId","value":"070000000"}],"name":"Elm Elementary","orgType":"school","lowGrade":"PK","highGrade":"05"}
    {"kind":"user","sourcedId":"S4001","identifiers":[{"type":"studentNumber","value":"100001"}],"username":"sanchez.sofia0","enabled":true,"givenName":"Sofía","middleName":"L","familyName":"Sánchez","email":"sofia.sanchez0@students.example.org","grades":["PK"],"enrollStatus":"active","primaryOrg":"3","roles":[{"role":"student","org":"3","roleType":"primary","beginDate":"2025-08-11","endDate":"2026-05-29"}],"phones":[{"type":"main","number":"480-500-0000"}],"addresses":[{"type":"physical","street":"5397 Pepper Pl\tApt 38","city":"Apache Junction","state":"AZ","postcode":"85226"}]}
    {"kind":"user","sourcedId":"S4002","identifiers":[{"type":"stateId","value":"9900112234"},{"type":"studentNumber","value":"100002"}],"username":"celik.amelia1","enabled":true,"givenName":"Amelia","middleName":"É.","familyName":"Çelik","grades":["PK"],"enrollStatus":"active","primaryOrg":"3","roles":[{"role":"student","org":"3","roleType":"primary","beginDate":"2025-08-11","endDate":"2026-05-29"}],"phones":[{"type":"main","number":"480-500-0001"}],"addresses":[{"type":"physical","street":"6409 Oak Ave","city":"Apache Junction","state":"AZ","postcode":"07150"}]}
    {"kind":"user","sourcedId":"S4003","identifiers":[{"type":"stateId","value":"9900112235"},{"type":"studentNumber","value":"100003"}],"username":"munoz.lucas2","enabled":true,"givenName":"Lucas","familyName":"Muñoz","email":"lucas.munoz2@students.example.org","grades":["PK"],"enrollStatus":"active","primaryOrg":"3","roles":[{"role":"student","org":"3","roleType":"primary","beginDate":"2025-08-11","endDate":"2026-05-29"}],"phones":[{"type":"main","number":"480-500-0002"}],"addresses":[{"type":"physical","street":"6198 Oak Ave","city":"Gilbert","state":"AZ","postcode":"85253"}]}
    {"kind":"user","sourcedId":"T501","identifiers":[{"type":"staffNumber","value":"700"}],"username":"obrien0","enabled":true,"givenName":"Renée","middleName":"L","familyName":"O'Brien","email":"renee.obrien0@example.org","roles":[{"role":"teacher","org":"3"}],"phones":[{"type":"home","number":"4805500000"}]}
    {"kind":"user","sourcedId":"T502","identifiers":[{"type":"staffNumber","value":"701"}],"username":"brown1","enabled":true,"givenName":"Bo","familyName":"Brown","email":"bo.brown1@example.org","roles":[{"role":"teacher","org":"3"}],"phones":[{"type":"home","number":"4805500002"}],"addresses":[{"type":"home","street":"101 Oak Ave","city":"Gilbert","state":"AZ","postcode":"85201"}]}
    {"kind":"user","sourcedId":"T503","identifiers":[{"type":"staffNumber","value":"702"}],"username":"celik2","enabled":true,"givenName":"D’Andre","middleName":"Ann","familyName":"Çelik","email":"dandre.celik2@example.org","roles":[{"role":"staff","org":"3"},{"role":"staff"}]}
    {"kind":"user","sourcedId":"T504","identifiers":[{"type":"staffNumber","value":"703"}],"username":"hill3","enabled":true,"givenName":"さくら","familyName":"Hill","email":"sakura.hill3@example.org","roles":[{"role":"staff","org":"3"}],"phones":[{"type":"home","number":"4805500006"}]}
    {"kind":"user","sourcedId":"T505","identifiers":[{"type":"staffNumber","value":"0A4"}],"username":"munoz4","enabled":true,"givenName":"Emma","middleName":"Lee","familyName":"Muñoz","email":"emma.munoz4@example.org","roles":[{"role":"substitute","org":"3"}],"phones":[{"type":"home","number":"4805500008"}]}

    """#
}
